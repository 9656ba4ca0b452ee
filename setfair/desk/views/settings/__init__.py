"""Everything an administrator sets on screen, page by page."""

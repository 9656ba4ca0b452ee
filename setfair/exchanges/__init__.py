"""Floor 6b: what people of a circle write to one another when they do not meet, read first by the team, and handed over only to who wants it."""

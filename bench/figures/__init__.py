"""One module for each figure: `FIGURE`."""

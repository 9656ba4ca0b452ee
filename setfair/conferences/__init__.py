"""Floor 7: the hour itself. Who came, which page of the script, when it ended. Nothing that anyone said."""

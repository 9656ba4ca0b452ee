"""The desk's pages, by group: the front and the first run, the day's work, cases, settings."""

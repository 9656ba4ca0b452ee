"""The lines in which what the worker has to do waits: nobody's letter or alarm stands behind something that takes hours."""

DAILY = "default"
LONG = "long"
"""One at a time, and never all hands."""

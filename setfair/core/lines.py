"""The lines in which what the worker has to do waits: nobody's letter or alarm stands behind something that takes hours."""

DAILY = "default"
LONG = "long"
"""One at a time, and never all hands."""
AWAY = "away"
"""What waits for machines that are not ours, and for as long as these please: one at a time, and in nobody's way."""

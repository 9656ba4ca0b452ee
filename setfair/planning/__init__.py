"""A term at once: times for all cases that wait for one, as a draft that somebody looks at, changes and accepts."""

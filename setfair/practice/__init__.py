"""Floor 4b: the many small restorative talks of a place, counted without a word about anybody."""

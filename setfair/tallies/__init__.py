"""Floor 10: what came of it all, in numbers that name nobody."""

"""Floor 8: what everyone said they will do, signed by each, and then kept, changed by consent, or talked about again."""

"""Floor 10: the desk, the only place that mixes floors. Today, the case list, the case page, and its history in sentences."""

"""Floor 9b: how long it is kept. What is closed is forgotten on its day: names and words go, the figures stay."""

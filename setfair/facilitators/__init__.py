"""Floor 3: those who hold the circle. Nominated, trained, certified, and one day lapsed or gone."""

"""Floor 9: the one door out. The harmed person has been told, and the case closes with a reason."""

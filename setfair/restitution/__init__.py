"""Floor 7b: money that was promised. What each side says of it is kept and added up; the money itself never passes through here."""

"""Floor 5: what staff write down about a case or about one person in it, each note for the readers chosen before it was saved."""

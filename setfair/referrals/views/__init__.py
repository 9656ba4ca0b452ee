"""The pages of this floor: for anyone, for whoever asked, for the team."""

"""Pages of the corridor: who is in a case, who facilitates it, whether it rests."""

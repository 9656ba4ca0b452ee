"""What people add to a case: pictures, papers, plain text. Taken in by content alone, drawn anew, sealed, and handed out only through a door."""

"""What is put into one person's hands before the day: their questions, who will be there, how long, where, and how to stop."""

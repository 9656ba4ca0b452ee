"""What is asked of whom: one class for each question, in the words it is asked in."""

"""What people say for themselves before the day, beside their answers: what they hope for, what they want to say and ask."""

"""Floor 8: the weeks after. Calls that are owed once an agreement holds, who makes them, and who is beside somebody; none is dropped."""

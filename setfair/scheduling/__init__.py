"""Floor 6: a time and a place. Inside the programme's windows, with nobody and no room in two places at once.

The database itself refuses a double booking, whoever is quicker.
"""

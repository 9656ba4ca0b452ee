"""Floor: when somebody is free, and when not. It knows people and members of the team by the id that a seat holds, and nothing of cases.

What somebody said of every week, days on which that does not hold, and what is taken in
their own calendar: from when until when, and nothing else of it.
"""

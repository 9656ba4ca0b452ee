"""Floor 4: the corridor. A case, who stands in it, who facilitates it, and the stages it goes through.

`ties.py` says how anyone can stand to a case; every later floor inherits it.
"""

"""Floor 1: who may. One policy for the whole house, and the doors that ask it.

A permission names *ties*: not what role somebody has, but how they stand to this
case. Each model says which rows a tie reaches, as a query; lists, counts, searches
and single pages all start from that query, so there is no second copy to drift.
"""

"""Setfair: restorative conferencing, from the first request to the last kept promise.

The rooms of this package are floors. They stand in the order a case lives, and a
floor imports only floors below it: later may know earlier, earlier never knows
later. HOUSE.md is the map.
"""

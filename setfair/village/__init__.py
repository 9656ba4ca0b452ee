"""The top floor: a village of people who do not exist, and who play the real actions.

The same village is the demonstration, the tests' world, the screenshots and the seed
of the measurements, so none of them ever stands on a state that could not have come
about. It writes only into programmes marked as a demonstration.
"""

"""Floor 2: the people of a programme, how to reach them safely, and who must not be brought together.

A person outlives a case and may stand in two; their name is sealed under their own
key and can be found only inside their own programme.
"""

"""What a figure may say to the tests it runs; everything else of an installation is forgotten before they begin."""

_PLAIN = "PLANT REPORT MATRIX ABSENCE FUZZ PICTURES DOORS DOOR_PAIRS CASES TAPS PATIENCE PLAYS SEED"
_OF_TIMES = "RACE_COORDINATORS RACE_SECONDS RACE_SEED YEAR YEAR_TIMES PROPOSED PROPOSED_SEED SIGNING_RACES"
FOR_THE_TESTS = tuple(f"SETFAIR_{name}" for name in f"{_PLAIN} {_OF_TIMES}".split())

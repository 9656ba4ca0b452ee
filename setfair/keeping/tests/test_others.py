"""Names of others in somebody's own words: whole words, however they are written, and never the reader's own."""

from __future__ import annotations

import pytest

from setfair.keeping.queries.others import Others, Somebody

RAMI = Somebody("the one", ("Rami Delacourt", "Rami"), ("555-0160", "rami@home.example"))
GAIL = Somebody("guardian", ("Gail Delacourt", "Gail"))
CRUZ = Somebody("friend", ("María José de la Cruz-Peña", "Pepa"))
JO = Somebody("neighbour", ("Jo",))
LISTED = Somebody("somebody", ("Ana Ruiz Robles",), listed=True)
STRANGER = Somebody("somebody", ("Rami Delacourt",), listed=True)
ANA, DELA = ("Ana Ruiz", "Anita"), ("Zoé Delacourt", "Zoé")


@pytest.mark.parametrize(
    ("own", "others", "said", "handed"),
    [
        (ANA, [RAMI], "RAMI DELACOURT, Mr delacourt and Rami's dog.", "[the one], Mr [the one] and [the one]'s dog."),
        (ANA, [RAMI], "Ramiro paraded; a ramification.", "Ramiro paraded; a ramification."),
        (ANA, [RAMI, GAIL], "Gail Delacourt, Rami J. Delacourt, the Delacourts, delacourt", "[guardian], [the one], the [somebody], [somebody]"),
        (DELA, [RAMI, GAIL], "I, Zoé Delacourt, and Gail Delacourt. Delacourt, Zoe!", "I, Zoé Delacourt, and [guardian]. Delacourt, Zoe!"),
        (DELA, [RAMI], "Delacourt Rami. Zoé Delacourt Rami.", "[the one]. Zoé Delacourt [the one]."),
        (ANA, [CRUZ], "Maria Jose De La Cruz Pena, la pena de María, La Cruz; Peña", "[friend], la [friend], La [friend]; [friend]"),
        (ANA, [CRUZ], "Mari\u0301a de la Cruz y Pepa", "[friend]"),
        (ANA, [JO], "Jo said it, jo. Joan too. JO!", "[neighbour] said it, jo. Joan too. [neighbour]!"),
        (ANA, [LISTED], "I am Ana Ruiz Robles, Ana Ruiz, Anita.", "I am Ana Ruiz Robles, Ana Ruiz, Anita."),
        (ANA, [RAMI, STRANGER], "Rami Delacourt was there.", "[the one] was there."),
        (ANA, [RAMI], "555-0160, (555) 0160 or Rami@home.example, not ana@x.example.", "[the one], [the one] or [the one], not ana@x.example."),
        (ANA, [], "Rami", "Rami"),
    ],
)  # fmt: skip
def test_a_name_of_somebody_else_is_what_they_are_and_the_readers_own_stays(own, others, said, handed):
    assert Others(others, own)(said) == handed

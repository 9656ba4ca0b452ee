"""What can be read of a case: its page, its circle, its team, who is kept apart, how it stands."""

from .apart import WALLS, cases_of_both, cases_with, kept_apart, walls, walls_between
from .close import Near, acquaintances, duty_of, known_here, near, too_close
from .page import STEPS, around, frame, open_tabs, steps
from .people import CIRCLE, Twin, circle, gone, here, language_of, open_cases_of, stands_as, twins
from .staff import TEAM, alerted, coordinated, coordinators, coordinators_of, could_be_named, kept_out, now_and_change, of_the_team, staff_of, team
from .standing import HELD, SEALED, held, lock, of_seal, sealed
from .ways import ROUTE, how, how_in_sql, how_of, routes, way, way_in, way_in_sql

__all__ = [
    "CIRCLE",
    "HELD",
    "Near",
    "ROUTE",
    "SEALED",
    "STEPS",
    "TEAM",
    "Twin",
    "WALLS",
    "acquaintances",
    "alerted",
    "around",
    "cases_of_both",
    "cases_with",
    "circle",
    "coordinated",
    "coordinators",
    "coordinators_of",
    "could_be_named",
    "duty_of",
    "frame",
    "gone",
    "held",
    "here",
    "how",
    "how_in_sql",
    "how_of",
    "kept_apart",
    "kept_out",
    "known_here",
    "language_of",
    "lock",
    "near",
    "now_and_change",
    "of_seal",
    "of_the_team",
    "open_cases_of",
    "open_tabs",
    "routes",
    "sealed",
    "staff_of",
    "stands_as",
    "steps",
    "team",
    "too_close",
    "twins",
    "walls",
    "walls_between",
    "way",
    "way_in",
    "way_in_sql",
]

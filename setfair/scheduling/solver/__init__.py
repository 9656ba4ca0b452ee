"""Where a circle fits into the weeks ahead. Pure: it knows spans of time, rooms and ids, and nothing of cases or of a framework.

Wall-clock times become moments once, day by day, so that a week in which the clocks
change is as long as it really is.
"""

from .search import Fit, Obstacles, Problem, Span, fits, obstacles
from .stretches import Stretch, stretches_of

__all__ = ["Fit", "Obstacles", "Problem", "Span", "Stretch", "fits", "obstacles", "stretches_of"]

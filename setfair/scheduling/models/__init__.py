from .answers import TimeAnswer
from .bookings import Booking, Seat
from .rounds import Round, RoundAnswer, RoundTime

__all__ = ["Booking", "Round", "RoundAnswer", "RoundTime", "Seat", "TimeAnswer"]

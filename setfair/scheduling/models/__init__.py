from .answers import TimeAnswer
from .bookings import Booking, Seat

__all__ = ["Booking", "Seat", "TimeAnswer"]

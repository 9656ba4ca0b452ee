from .answers import TimeAnswer
from .bookings import Booking, Seat
from .offers import Offer, OfferAnswer, OfferedTime

__all__ = ["Booking", "Offer", "OfferAnswer", "OfferedTime", "Seat", "TimeAnswer"]

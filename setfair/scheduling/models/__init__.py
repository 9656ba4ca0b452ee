from .answers import TimeAnswer
from .bookings import Booking, Seat
from .changes import Change, NoLonger
from .offers import Offer, OfferAnswer, OfferedTime

__all__ = ["Booking", "Change", "NoLonger", "Offer", "OfferAnswer", "OfferedTime", "Seat", "TimeAnswer"]

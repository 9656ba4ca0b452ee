from .answers import UNKNOWN, TimeAnswer
from .bookings import Booking, Seat
from .changes import Change, NoLonger
from .offers import Offer, OfferAnswer, OfferedTime
from .rounds import Round, RoundAnswer, RoundTime

__all__ = [
    "UNKNOWN",
    "Booking",
    "Change",
    "NoLonger",
    "Offer",
    "OfferAnswer",
    "OfferedTime",
    "Round",
    "RoundAnswer",
    "RoundTime",
    "Seat",
    "TimeAnswer",
]

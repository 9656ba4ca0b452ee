from .answers import UNKNOWN, TimeAnswer
from .bookings import HELD, Booking, Seat
from .changes import Change, NoLonger
from .offers import Offer, OfferAnswer, OfferedTime
from .rounds import Round, RoundAnswer, RoundTime

__all__ = [
    "HELD",
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

"""What is done with times: one is booked, some are offered, one is moved or called off."""

from .booking import ANSWERS, CannotAnswer, CannotBook, CannotRelease, answer_time, book, give_back, release, seat, seat_again
from .leaving import free_seat
from .moving import CannotSayThat, call_off, go_without, rebook, say_no_longer
from .offering import CannotOffer, CannotSay, Choice, answer_offer, book_offered, end, offer, take_back
from .teaming import ask_anew, ask_team, book_as_ready

__all__ = [
    "ANSWERS",
    "CannotAnswer",
    "CannotBook",
    "CannotOffer",
    "CannotRelease",
    "CannotSay",
    "CannotSayThat",
    "Choice",
    "answer_offer",
    "answer_time",
    "ask_anew",
    "ask_team",
    "book",
    "book_as_ready",
    "book_offered",
    "call_off",
    "end",
    "free_seat",
    "give_back",
    "go_without",
    "offer",
    "rebook",
    "release",
    "say_no_longer",
    "seat",
    "seat_again",
    "take_back",
]

"""Post offices for the worker's tests, run in its own process: one that never answers, and one that takes its time."""

from __future__ import annotations

import time

from setfair.letters import channels


def takes_it_and_never_answers(number: str, words: str, reference: str) -> None:
    channels.sms_to_file(number, words, reference)
    time.sleep(600)


def takes_its_time(number: str, words: str, reference: str) -> None:
    channels.sms_to_file(number, words, reference)
    time.sleep(1.5)

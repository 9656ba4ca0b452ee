from __future__ import annotations

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from . import outside


@app.task(name=outside.SEND, retry=RetryStrategy(max_attempts=4, exponential_wait=5))
def send_outside(sealed: str) -> None:
    """Tried again for some minutes: what stands in such a message, such as a code, counts for no longer."""
    outside.send(sealed)

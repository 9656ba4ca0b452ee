"""One process that is kept up: started again when it ends, less and less eagerly."""

import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from config import children

FIRST_PAUSE, LONGEST_PAUSE = 1.0, 30.0
# A process that stayed up this long was well: its next end is a new beginning.
WELL_AFTER = 30.0


@dataclass
class Watched:
    """A named process, how to start it, and how to ask it to end."""

    name: str
    begin: Callable[[], subprocess.Popen]
    ends_with: int = signal.SIGTERM
    patience: float = 10.0
    process: subprocess.Popen | None = field(default=None, init=False)
    ended: int = field(default=0, init=False)
    _pause: float = field(default=FIRST_PAUSE, init=False)
    _started: float = field(default=0.0, init=False)
    _due: float = field(default=0.0, init=False)

    def start(self) -> None:
        self.process = self.begin()
        self._started = time.monotonic()

    def tend(self, say: Callable[[str], None]) -> None:
        """Notice that it ended, and start it again once its pause is over."""
        now = time.monotonic()
        if self.process is not None and self.process.poll() is not None:
            self._wait(say, f"ended ({self.process.returncode})")
        elif self.process is None and now >= self._due:
            try:
                self.start()
            except children.CannotStart as reason:
                self._wait(say, f"did not start ({reason})")

    def _wait(self, say: Callable[[str], None], what: str) -> None:
        now = time.monotonic()
        well = self.process is not None and now - self._started > WELL_AFTER
        self._pause = FIRST_PAUSE if well else min(self._pause * 2, LONGEST_PAUSE)
        self._due, self.ended, self.process = now + self._pause, self.ended + 1, None
        say(f"The {self.name} {what}; starting it again in {self._pause:.0f} s.")

    def stop(self) -> None:
        if self.process is not None:
            children.stop(self.process, self.ends_with, self.patience)

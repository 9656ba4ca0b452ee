"""The process that keeps open lines, with a fault: it waits for the slowest of a circle. A plant starts it in place of the sound one."""

from __future__ import annotations

import asyncio

from config import lines
from config.lines import Circle, Seat


class Patient(lines.Lines):
    def tell(self, circle: Circle, seat: Seat, words: bytes) -> None:
        if any(line.is_full for each in self.open.get(circle, {}).values() for line in each):
            asyncio.get_running_loop().call_later(0.01, self.tell, circle, seat, words)
        else:
            super().tell(circle, seat, words)


if __name__ == "__main__":
    lines.Lines = Patient  # type: ignore[misc]
    lines.main()

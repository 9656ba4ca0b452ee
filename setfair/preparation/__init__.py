"""Floor 5: preparation is the work. Everyone is met, asked, and heard; the case goes on only when each has said yes.

A person's readiness is never stored. It is read from facts that are only ever added:
a meeting held, a yes, a no, a change of mind.
"""

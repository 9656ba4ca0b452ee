"""Screens of a term that is planned at once, from the days to what is booked."""

from __future__ import annotations

from .screen import Screen, refused

TERMS = (
    Screen("term", "term", "cora"),
    Screen("term, one is open", "term", "nour"),
    Screen("term, searching", "term_plan", "nour", on="plan.searching"),
    *(Screen(f"term, {stage}", "term_plan", "cora", on=f"plan.{stage}") for stage in ("draft", "done", "away")),
    Screen("term, week by week", "term_plan", "cora", on="plan.draft", query="view=weeks"),
    Screen("term, another time", "term_line", "cora", on="plan.line"),
    refused("term, another time", "term_line", "cora", on="plan.line"),
)

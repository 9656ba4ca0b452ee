from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from setfair.core.records import Walled, Within


class Term(Walled):
    name = models.CharField(_("name"), max_length=40)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(ends_on__gte=models.F("starts_on")), name="term_runs_forward")]

    def __str__(self) -> str:
        return self.name


class Closure(Walled):
    """Days that do not count, by kind: for everybody, for school, for courts too, or for those alone who sit an exam.

    A year group goes by the year of birth (`born_in`): that is what is known of people.
    """

    class Kind(models.TextChoices):
        CLOSED = "closed", _("we are closed")
        HOLIDAY = "holiday", _("school holidays")
        COURT = "court", _("public holiday, courts are closed too")
        EXAM = "exam", _("exam")

    class Whom(models.TextChoices):
        ALL = "all", _("everybody")
        STUDENTS = "students", _("students")
        YEAR = "year", _("students born in one year")

    name = models.CharField(_("name"), max_length=40)
    kind = models.CharField(_("what kind of day"), max_length=7, choices=Kind, default=Kind.CLOSED, db_default=Kind.CLOSED)
    whom = models.CharField(_("for whom there is an exam"), max_length=8, choices=Whom, default=Whom.ALL, db_default=Whom.ALL)
    born_in = models.PositiveSmallIntegerField(_("born in"), null=True)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="closure_runs_forward"),
            models.CheckConstraint(condition=Q(whom="all") | Q(kind="exam"), name="closure_of_an_exam"),
            models.CheckConstraint(
                condition=Q(whom="year", born_in__isnull=False) | Q(~Q(whom="year"), born_in__isnull=True), name="closure_of_a_year"
            ),
        ]

    @property
    def is_for_some(self) -> bool:
        return self.whom != self.Whom.ALL

    def is_for(self, *, student: bool, born: int | None) -> bool:
        """Whether it closes the day to somebody like this. A student whose year nobody knows may be of the one that sits the exam."""
        return student and (self.whom == self.Whom.STUDENTS or born in (None, self.born_in)) if self.is_for_some else True


class Window(Walled):
    """A named stretch of the week in which conferences may be held: "Tuesday morning", "lunch", "after school".

    With a `period` its hours are those of the bell schedule, on each day that the schedule knows. Its kind says which days
    it knows; `longest` is its own longest meeting, where that is shorter than the programme's. It holds always, as long as a
    term does, or from one day to another.
    """

    class Kind(models.TextChoices):
        SCHOOL = "school", _("in terms, not on holidays")
        EVENING = "evening", _("in school holidays too")
        VISIT = "visit", _("visits in a closed place")

    name = models.CharField(_("name"), max_length=40)
    weekday = models.PositiveSmallIntegerField(_("weekday"))
    starts = models.TimeField(_("from"))
    ends = models.TimeField(_("to"))
    period = models.CharField(_("a period of the bell schedule"), max_length=40, blank=True, default="", db_default="")
    kind = models.CharField(_("which days"), max_length=7, choices=Kind, default=Kind.SCHOOL, db_default=Kind.SCHOOL)
    longest = models.PositiveSmallIntegerField(_("longest meeting, in minutes"), null=True)
    term = Within(Term, null=True, related_name="windows")
    first_on = models.DateField(_("first day"), null=True)
    last_on = models.DateField(_("last day"), null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="window_runs_forward"),
            models.CheckConstraint(condition=Q(weekday__range=(0, 6)), name="window_weekday"),
            models.CheckConstraint(condition=Q(longest__isnull=True) | Q(longest__range=(10, 480)), name="window_longest"),
            models.CheckConstraint(condition=Q(last_on__isnull=True) | Q(first_on__isnull=True) | Q(last_on__gte=F("first_on")), name="window_span"),
            models.CheckConstraint(condition=Q(term__isnull=True) | Q(first_on__isnull=True, last_on__isnull=True), name="window_one_span"),
        ]

    @property
    def span(self) -> tuple[date | None, date | None]:
        """The first and the last day on which it holds; what is empty sets no bound."""
        return (self.term.starts_on, self.term.ends_on) if self.term else (self.first_on, self.last_on)

    def holds_on(self, day: date) -> bool:
        """Whether it is there on that day at all: its day of the week, in the span of days it holds."""
        first, last = self.span
        return day.weekday() == self.weekday and (first is None or first <= day) and (last is None or day <= last)

    def is_over(self, today: date) -> bool:
        last = self.span[1]
        return last is not None and last < today

"""Who lives here. Invented people; addresses end in `.example`, numbers begin with 555-01."""

from __future__ import annotations

from dataclasses import dataclass

from setfair.cases.models import Role as Seat
from setfair.facilitators.models import Facilitator
from setfair.programmes.models import Role

PASSWORD = "a calm and open door"
"""The password of everyone in the village; a real programme's people are never made here."""


@dataclass(frozen=True)
class Member:
    """Somebody of the team, who signs in as `<key>@<place>.example`."""

    key: str
    name: str
    place: str
    roles: tuple[str, ...]
    facilitates: str = ""
    public: bool = False
    certified: bool = True

    @property
    def email(self) -> str:
        return f"{self.key}@{self.place}.example"


STAFF, STUDENT, VOLUNTEER = Facilitator.Kind.STAFF, Facilitator.Kind.STUDENT, Facilitator.Kind.VOLUNTEER

TEAM = (
    Member("cora", "Cora Ellery", "school", (Role.COORDINATOR,), public=True),
    Member("fadi", "Fadi Brandt", "school", (Role.FACILITATOR,), STAFF, public=True),
    Member("mina", "Mina Castell", "school", (Role.FACILITATOR,), STAFF),
    Member("ines", "Ines Okafor", "school", (Role.STUDENT,), STUDENT, public=True),
    Member("malik", "Malik Vane", "school", (Role.STUDENT,), STUDENT),
    Member("tova", "Tova Lindqvist", "school", (Role.STUDENT,), STUDENT),
    Member("ada", "Ada Pryce", "school", (Role.ADMINISTRATOR,)),
    Member("sven", "Sven Aldous", "school", (Role.SUPERVISOR,)),
    Member("wren", "Wren Hollis", "school", (Role.SAFEGUARDING,)),
    Member("nour", "Nour Haddock", "county", (Role.COORDINATOR, Role.ADMINISTRATOR), public=True),
    Member("lena", "Lena Marsh", "county", (Role.FACILITATOR,), STAFF, public=True),
    Member("cole", "Cole Whitby", "county", (Role.FACILITATOR,), VOLUNTEER),
    Member("orla", "Orla Penn", "county", (Role.FACILITATOR,), VOLUNTEER, certified=False),
    Member("edda", "Edda Frost", "county", (Role.SUPERVISOR,)),
)


@dataclass(frozen=True)
class Someone:
    """Somebody in a case."""

    key: str
    name: str
    seat: str
    called: str = ""
    stands_by: str = ""
    birth_year: int | None = None
    guardian_needed: bool = False
    has_authority: bool = False
    language: str = "en"
    way: str = "email"
    needs_interpreter: bool = False

    @property
    def first(self) -> str:
        return self.called or self.name.split()[0]


CIRCLE = (
    Someone("hana", "Hana O'Hara-Núñez", Seat.HARMED, called="Hana", birth_year=2004),
    Someone("rami", "Rami Delacourt", Seat.RESPONSIBLE, called="Rami", birth_year=2011, guardian_needed=True, way="sms"),
    Someone("sol", "Sol", Seat.SUPPORTER, stands_by="hana"),
    Someone("gail", "Gail Delacourt", Seat.GUARDIAN, stands_by="rami", has_authority=True),
)
"""The circle every story can count on."""

OTHER = (
    Someone("otto", "Otto Winterbourne", Seat.HARMED, birth_year=2003),
    Someone("perle", "Perle Achterberg", Seat.RESPONSIBLE, birth_year=2004),
)
"""Two people of another case in the same programme."""

TOLD_BY_A_TEACHER = "Two students in my class: things were posted about one of them, and people laughed for a week. They both say they would talk."
TOLD_BY_THE_COURT = "A ball went through the window of a shop and nobody stopped. The owner has asked why. The young man says that he was there."
MATTERS = (
    ("a fight at lunch", "There was shoving in the lunch line and a phone was broken. It has been hard to come to school since."),
    ("words online", "Some things were posted about me. People laughed at me for a week. I want to ask why."),
    ("paint on the shed", "Someone painted our garden shed in the night. My father had just finished it."),
    ("a bike taken", "My bike was taken and came back with a bent wheel. I need it to get to work."),
    ("a broken window", "A ball went through the window of the shop and they ran. My hands shook all day."),
    ("a jacket", "My jacket was thrown over the fence. It was my brother's."),
    ("shouting in class", "Someone shouted at me in front of the whole class. I would like to talk about it with them."),
    ("the garden wall", "They sat on our wall until it fell. We asked them to stop."),
)
"""What it is called, and how whoever was hurt would tell it."""

FIRST = (
    "Ada Bilal Chidi Dilys Emre Farah Goran Hedy Ivo Juno Kofi Liesl Mirek Nadia Odin Priya Quill Rosa Stellan "
    "Tansy Umar Vesna Wren Xenia Yusuf Zofia"
).split()
LAST = (
    "Abbott Blomqvist Carver Dunmore Eldridge Fairweather Greaves Holloway Iverson Jessop Kettering Lockhart Merriweather Northcott Ormsby Penhallow"
).split()


def circle_of(number: int) -> tuple[Someone, ...]:
    """The circle of the village's n-th case: four people who appear nowhere else, one of them young enough to need a guardian's yes."""

    def name(seat: int) -> str:
        n = number * 4 + seat
        return f"{FIRST[n % len(FIRST)]} {LAST[(n * 7 + n // len(FIRST)) % len(LAST)]}"

    harmed, responsible, supporter, guardian = (name(i) for i in range(4))
    family = responsible.split()[1]
    return (
        Someone("harmed", harmed, Seat.HARMED, birth_year=2003 + number % 4, language="es" if number % 5 == 2 else "en"),
        Someone("responsible", responsible, Seat.RESPONSIBLE, birth_year=2011, guardian_needed=True, way="sms"),
        Someone("supporter", supporter, Seat.SUPPORTER, stands_by="harmed"),
        Someone("guardian", f"{guardian.split()[0]} {family}", Seat.GUARDIAN, stands_by="responsible", has_authority=True),
    )

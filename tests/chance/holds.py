"""What must hold after every step, asked of the tables themselves and not of the code that keeps it.

Each rule is a query that finds what breaks it, and nothing otherwise. All of them are one statement, planned once: it is asked after every step.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import psycopg
from django.db import connection

ANSWERS = """
    said AS (
        SELECT DISTINCT ON (participation_id, giver_id) participation_id AS of, giver_id AS giver, answer
        FROM preparation_consent WHERE scope = 'take_part' ORDER BY participation_id, giver_id, at DESC, id DESC
    ),
    here AS (
        SELECT p.*, c.stage, c.ref, person.birth_year, programme.kind AS kind FROM cases_participation p
        JOIN cases_case c ON c.id = p.case_id JOIN people_person person ON person.id = p.person_id
        JOIN programmes_programme programme ON programme.id = p.programme_id
        WHERE p.left_at IS NULL
    ),
    speaking AS (SELECT * FROM here WHERE role NOT IN ('interpreter', 'advocate', 'observer')),
    young AS (
        SELECT * FROM speaking WHERE role <> 'guardian' AND (guardian_needed OR birth_year >= extract(year FROM %(now)s::timestamptz) - 17
           OR (birth_year IS NULL AND kind = 'school' AND role IN ('harmed', 'responsible')))
    ),
    deciding AS (SELECT * FROM here WHERE role = 'guardian' AND has_authority)
"""

RULES: dict[str, str] = {
    "nobody is met without their own yes": f"""WITH {ANSWERS} SELECT s.ref FROM speaking s
        JOIN conferences_conference k ON k.case_id = s.case_id AND k.stage = 'live' AND k.started_at = %(now)s
        WHERE NOT EXISTS (SELECT FROM said WHERE of = s.id AND giver = s.id AND answer = 'yes')""",
    "nobody young is met without a guardian's yes, or a reason": f"""WITH {ANSWERS} SELECT y.ref FROM young y
        JOIN conferences_conference k ON k.case_id = y.case_id AND k.stage = 'live' AND k.started_at = %(now)s
        WHERE NOT EXISTS (SELECT FROM said JOIN deciding g ON g.id = said.giver AND g.stands_by_id = y.id WHERE said.of = y.id AND answer = 'yes')
        AND NOT EXISTS (SELECT FROM preparation_noguardian n WHERE n.participation_id = y.id)""",
    "nobody is met who does not own any of it": f"""WITH {ANSWERS} SELECT s.ref FROM speaking s
        JOIN conferences_conference k ON k.case_id = s.case_id AND k.stage = 'live' AND k.started_at = %(now)s
        WHERE 'responsible' IN (s.role, s.also) AND NOT coalesce((SELECT given FROM preparation_acknowledgement a WHERE a.participation_id = s.id
           ORDER BY at DESC, id DESC LIMIT 1), false)""",
    "nobody is met during a break": f"""WITH {ANSWERS} SELECT s.ref FROM here s
        JOIN conferences_conference k ON k.case_id = s.case_id AND k.stage = 'live' AND k.started_at = %(now)s
        JOIN preparation_break b ON b.participation_id = s.id JOIN here g ON g.id = b.giver_id
        WHERE NOT EXISTS (SELECT FROM preparation_breakend e WHERE e.ended_id = b.id)""",
    "nobody affected is met who does not support it": f"""WITH {ANSWERS} SELECT s.ref FROM speaking s
        JOIN conferences_conference k ON k.case_id = s.case_id AND k.stage = 'live' AND k.started_at = %(now)s
        WHERE s.role IN ('affected', 'community') AND coalesce((SELECT answer FROM preparation_consent c WHERE c.participation_id = s.id
           AND c.giver_id = s.id AND c.scope = 'support' ORDER BY at DESC, id DESC LIMIT 1), '') <> 'yes'""",
    "everyone who is met said so at the door, or is marked as not here": f"""WITH {ANSWERS} SELECT s.ref FROM speaking s
        JOIN conferences_conference k ON k.case_id = s.case_id AND k.stage = 'live' AND k.started_at = %(now)s
        WHERE NOT EXISTS (SELECT FROM preparation_still t WHERE t.participation_id = s.id AND t.moment = 'door')
        AND coalesce((SELECT came FROM conferences_attendance a WHERE a.conference_id = k.id AND a.participation_id = s.id
           ORDER BY at DESC, id DESC LIMIT 1), true)""",
    "a no or a stop takes the day away": f"""WITH {ANSWERS} SELECT s.ref FROM speaking s JOIN said ON said.of = s.id AND said.answer <> 'yes'
        WHERE s.stage IN ('ready', 'scheduled') AND (said.giver = s.id
           OR EXISTS (SELECT FROM deciding g JOIN young y ON y.id = s.id WHERE g.id = said.giver AND g.stands_by_id = s.id))""",
    "a high worry is answered before anybody is ready": f"""WITH {ANSWERS} SELECT s.ref FROM speaking s
        JOIN LATERAL (SELECT level, at FROM preparation_safetycheck w WHERE w.participation_id = s.id
           ORDER BY at DESC, id DESC LIMIT 1) w ON w.level = 'high'
        WHERE s.stage IN ('ready', 'scheduled')
        AND NOT EXISTS (SELECT FROM preparation_override o WHERE o.participation_id = s.id AND o.blocker = 'worry' AND o.at >= w.at)""",
    "whoever is kept apart is not brought together": f"""WITH {ANSWERS} SELECT a.ref FROM here a
        JOIN here b ON b.case_id = a.case_id AND b.id <> a.id
        JOIN people_nocontact w ON w.ended_at IS NULL AND w.one_id = a.person_id AND w.other_id = b.person_id
        WHERE a.stage IN ('ready', 'scheduled')""",
    "nobody holds what they are kept out of": """SELECT e.user_id FROM cases_exclusion e
        JOIN cases_assignment a ON a.case_id = e.case_id AND a.ended_at IS NULL
        JOIN facilitators_facilitator f ON f.id = a.facilitator_id AND f.user_id = e.user_id
        WHERE e.ended_at IS NULL""",
    "a case that is open has somebody who runs it": """SELECT c.ref FROM cases_case c WHERE c.stage <> 'closed' AND (NOT EXISTS (
        SELECT FROM programmes_membership m WHERE m.user_id = c.coordinator_id AND m.role = 'coordinator' AND m.ended_at IS NULL)
        OR EXISTS (SELECT FROM cases_exclusion e WHERE e.case_id = c.id AND e.user_id = c.coordinator_id AND e.ended_at IS NULL))""",
    "the journal says where each case stands": """SELECT c.ref FROM cases_case c
        JOIN LATERAL (SELECT detail ->> 'to' AS came_to FROM journal_entry j WHERE j.verb = 'moved' AND j.subject_id = c.id::text
           ORDER BY id DESC LIMIT 1) j ON j.came_to <> c.stage""",
    "a circle that has met is one that was booked": """SELECT id FROM conferences_conference k
        WHERE stage = 'live' AND NOT EXISTS (SELECT FROM cases_case c WHERE c.id = k.case_id AND c.stage IN ('convened', 'following_up'))""",
    "nobody sits in two places at once": """SELECT a.occupant FROM scheduling_seat a JOIN scheduling_seat b ON b.occupant = a.occupant AND b.id > a.id
        AND a.during && b.during WHERE a.released_at IS NULL AND b.released_at IS NULL""",
    "no room is given twice": """SELECT a.room_id FROM scheduling_booking a JOIN scheduling_booking b ON b.room_id = a.room_id AND b.id > a.id
        AND a.during && b.during WHERE a.released_at IS NULL AND b.released_at IS NULL""",
    "only a day that still stands keeps a room": """SELECT c.ref FROM scheduling_booking b JOIN cases_case c ON c.id = b.case_id
        WHERE b.released_at IS NULL AND c.stage IN ('preparing', 'ready', 'closed') AND lower(b.during) > %(now)s""",
    "everybody signed what holds": """SELECT a.id FROM agreements_agreement a JOIN agreements_signer s ON s.agreement_id = a.id
        AND s.round = (SELECT max(round) FROM agreements_signer l WHERE l.agreement_id = a.id)
        JOIN cases_participation p ON p.id = s.participation_id AND p.left_at IS NULL
        WHERE a.stage = 'in_force' AND NOT EXISTS (SELECT FROM agreements_signature g
           WHERE g.agreement_id = a.id AND g.participation_id = s.participation_id)
        AND NOT EXISTS (SELECT FROM agreements_carried g WHERE g.agreement_id = a.id AND g.participation_id = s.participation_id
           AND g.round = s.round)""",
    "nobody is held to words of their own that they never saw": """SELECT c.id FROM agreements_carried c
        JOIN agreements_agreement a ON a.id = c.agreement_id AND a.stage = 'in_force'
        JOIN agreements_signer l ON l.agreement_id = a.id AND l.participation_id = c.participation_id AND l.round = c.round
        JOIN agreements_item i ON i.agreement_id = a.id AND (i.follows_id IS NULL OR i.edition > 1)
        WHERE c.participation_id IN (i.owner_id, i.owed_to_id, i.checker_id) OR i.owed_to_id IS NULL""",
    "what holds has its calls": """SELECT a.id FROM agreements_agreement a WHERE a.stage = 'in_force'
        AND NOT EXISTS (SELECT FROM aftercare_checkin c WHERE c.case_id = a.case_id)""",
    "no call is owed under what holds no more": """SELECT c.id FROM aftercare_checkin c JOIN agreements_agreement a ON a.id = c.agreement_id
        WHERE c.stage = 'owed' AND a.stage <> 'in_force'""",
    "what holds promises something": """SELECT a.id FROM agreements_agreement a
        WHERE a.stage IN ('signing', 'in_force') AND NOT EXISTS (SELECT FROM agreements_item i WHERE i.agreement_id = a.id)""",
    "a closed case owes nothing": """SELECT c.ref FROM cases_case c
        JOIN LATERAL (SELECT reason FROM outcomes_closure o WHERE o.case_id = c.id ORDER BY at DESC LIMIT 1) o ON true
        WHERE c.stage = 'closed' AND (EXISTS (
            SELECT FROM agreements_item i JOIN agreements_agreement a ON a.id = i.agreement_id WHERE i.case_id = c.id AND a.stage = 'in_force'
            AND i.stage IN ('promised', 'kept') )
         OR EXISTS (SELECT FROM conferences_conference k WHERE k.case_id = c.id AND k.stage IN ('planned', 'live'))
         OR EXISTS (SELECT FROM agreements_agreement a WHERE a.case_id = c.id AND a.stage IN ('drafting', 'rests', 'signing')))""",
    "nobody who was hurt is left without news": """SELECT c.ref FROM cases_case c JOIN cases_participation p ON p.case_id = c.id
        AND 'harmed' IN (p.role, p.also)
        AND p.left_at IS NULL WHERE c.stage = 'closed'
        AND NOT EXISTS (SELECT FROM outcomes_news n WHERE n.participation_id = p.id)
        AND coalesce((SELECT w.choice FROM outcomes_newswish w WHERE w.participation_id = p.id ORDER BY at DESC, id DESC LIMIT 1), '')
            NOT IN ('none', 'wrong')
        AND EXISTS (SELECT FROM conferences_conference k WHERE k.case_id = c.id AND k.stage IN ('concluded', 'adjourned'))""",
    "what goes wrong has a day for whoever wants to hear of it": """SELECT w.id FROM outcomes_newswish w
        JOIN cases_participation p ON p.id = w.participation_id AND p.left_at IS NULL
        JOIN journal_entry j ON j.case_id = w.case_id AND j.subject_kind = 'agreements.item' AND j.verb = 'moved' AND j.at > w.at
         AND j.detail ->> 'to' = 'missed'
        WHERE w.choice IN ('each', 'wrong') AND NOT EXISTS (SELECT FROM outcomes_newswish l WHERE l.participation_id = p.id AND l.at > w.at)
        AND agreements_reaches(w.programme_id, j.subject_id::uuid, p.id)
        AND NOT EXISTS (SELECT FROM outcomes_newstask t WHERE t.wish_id = w.id AND t.cause = 'wrong' AND t.item_id::text = j.subject_id)
        AND NOT EXISTS (SELECT FROM outcomes_news n WHERE n.participation_id = p.id AND n.at > j.at)""",
    "whoever has left has no way in": """SELECT x.id FROM accounts_pass x JOIN cases_participation p ON p.id = x.bearer_id
        WHERE p.left_at IS NOT NULL AND x.revoked_at IS NULL AND x.spent_at IS NULL AND (x.expires_at IS NULL OR x.expires_at > %(now)s)""",
    "nothing is on its way to whoever has left": """SELECT l.id FROM letters_letter l JOIN cases_participation p ON p.case_id = l.case_id
        AND p.person_id = l.reader_id AND p.left_at IS NOT NULL AND l.made_at < p.left_at
        WHERE l.stage IN ('held', 'due') AND NOT EXISTS (SELECT FROM cases_participation q WHERE q.case_id = p.case_id AND q.person_id = p.person_id
           AND q.left_at IS NULL)""",
    "nothing is on its way over a way that was closed": """SELECT l.id FROM letters_letter l JOIN people_person p ON p.id = l.reader_id
        WHERE l.stage IN ('held', 'due') AND l.channel IN ('email', 'sms') AND NOT EXISTS (
           SELECT FROM people_contact k WHERE k.person_id = p.id AND k.way = l.channel AND k.ended_at IS NULL)""",
}
"""The invariants, in words, each with the query that finds its breach. `now` is the moment of the step just taken."""

FACTS = (
    "preparation_invitation", "preparation_meeting", "preparation_acknowledgement", "preparation_safetycheck", "preparation_noguardian",
    "preparation_observeranswer",
    "preparation_consent", "preparation_callwish", "preparation_override", "conferences_attendance", "conferences_pageturn", "agreements_signer",
    "agreements_signature", "agreements_carried",
    "agreements_concern", "agreements_evidence", "agreements_extension", "aftercare_checkinnote",
    "outcomes_news", "outcomes_newswish", "outcomes_newstask", "outcomes_closure", "journal_entry",
)  # fmt: skip
"""Tables of what was said, signed and done."""
LYING = " UNION ALL ".join(f"SELECT '{table} ' || id, md5((to_jsonb(t) - 'programme_id')::text) FROM {table} t" for table in FACTS)  # noqa: S608
SIGNED = """SELECT 'words of ' || a.id, md5(coalesce(a.words::text, '')) FROM agreements_agreement a
    WHERE EXISTS (SELECT FROM agreements_signature s WHERE s.agreement_id = a.id)"""


BROKEN = " UNION ALL ".join(f"(SELECT {number}, (broken.*)::text FROM ({rule}) broken LIMIT 1)" for number, rule in enumerate(RULES.values()))  # noqa: S608

UNTOUCHED = timedelta(days=30)
TODAY = "every promise whose day has passed is on Today"
QUIET = "no case is left lying unseen"
OWED = f"""SELECT DISTINCT '{TODAY}', c.ref FROM agreements_item i
      JOIN agreements_agreement a ON a.id = i.agreement_id JOIN cases_case c ON c.id = i.case_id
      WHERE a.stage = 'in_force' AND i.stage = 'promised' AND c.stage = 'following_up'
      AND (i.due_on < (%(now)s AT TIME ZONE %(zone)s)::date OR (i.parts > 1 AND EXISTS (
          SELECT FROM generate_series(1, i.parts) n WHERE i.due_on - 7 * i.weeks * (i.parts - n) < (%(now)s AT TIME ZONE %(zone)s)::date
      ) AND NOT EXISTS (SELECT FROM agreements_evidence e WHERE e.item_id = i.id)))
      AND NOT EXISTS (SELECT FROM cases_hold h WHERE h.case_id = c.id AND h.lifted_at IS NULL)
    UNION ALL SELECT '{QUIET}', c.ref FROM cases_case c WHERE c.stage <> 'closed'
      AND NOT EXISTS (SELECT FROM cases_hold h WHERE h.case_id = c.id AND h.lifted_at IS NULL)
      AND (SELECT max(at) FROM journal_entry j WHERE j.case_id = c.id) < %(now)s - %(untouched)s"""  # noqa: S608
"""What somebody has to be told of on their Today, and by which rule; a case that rests is left in peace."""


def asked(query: str, **given: Any) -> list[tuple[Any, ...]]:
    """Past the ORM, with a plan that is kept: finding out how to look would take most of the time."""
    with psycopg.Cursor(connection.connection) as cursor:
        return cursor.execute(query, given or None, prepare=True).fetchall()


def owed(now: datetime, zone: str) -> list[tuple[str, str]]:
    """Each rule of Today that has something to name now, and the case it should name."""
    return [(what, ref) for what, ref in asked(OWED, now=now, zone=zone, untouched=UNTOUCHED)]


class Ledger:
    """What lay there after the last step: whatever was written stays as it was, and nothing comes to be without a line of the journal."""

    def __init__(self) -> None:
        self.lay = self._read()

    def breaches(self, now: datetime) -> Iterator[str]:
        before, self.lay = self.lay, self._read()
        for row, digest in before.items():
            if self.lay.get(row) != digest:
                yield f"what was said and signed stays as it was: {row}"
        new = self.lay.keys() - before.keys()
        if new and not any(row.startswith("journal_entry ") for row in new):
            yield f"no act without a line of the journal: {sorted(new)[0]}"
        yield from (f"{tuple(RULES)[number]}: {row}" for number, row in asked(BROKEN, now=now))

    def _read(self) -> dict[str, str]:
        return dict(asked(f"{LYING} UNION ALL {SIGNED}"))


NAMED = (
    *RULES,
    "what was said and signed stays as it was",
    "no act without a line of the journal",
    TODAY,
    QUIET,
)

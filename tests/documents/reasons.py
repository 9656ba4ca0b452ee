"""Each reason of a code, in one line, for docs/journeys.md."""

from __future__ import annotations

REASONS: dict[str, tuple[str, str, dict[str, str]]] = {
    "files.Gone": (
        "Why a file went",
        "Its bytes go with it, for good. The reason stands in the journal.",
        {
            "taken_away": "Somebody of the team took it away.",
            "harmful": "The virus scanner found it harmful. The team is told on Today.",
            "not_sent": "It was chosen and shown back, and not sent.",
        },
    ),
    "enclosures.Gone": (
        "Why a file that came with a request went",
        "Its bytes go with it, for good. The reason stands in the journal.",
        {"taken_away": "Somebody of the team took it away.", "harmful": "The virus scanner found it harmful."},
    ),
    "referrals.After": (
        "What comes of a talk",
        "Only the first goes on to be answered as a request. None of the others counts as refused.",
        {
            "asks": "The request waits to be answered, like any other.",
            "not_now": "It ends here. With their code they can ask at any time.",
            "enough": "They wanted to talk, and they have.",
            "passed_on": "With their yes, somebody else was told, or they were told whom to ask.",
            "not_reached": "It was missed, and nobody could be reached since.",
        },
    ),
    "programmes.Decider": (
        "Whose decision it was",
        "Every reason stands in one of these groups. The figures count by group, over requests and cases together, with small numbers left out.",
        {
            "together": "Nobody stopped it.",
            "harmed": "They owe nobody a reason, and are asked for none.",
            "responsible": "They owe nobody a reason, and are asked for none.",
            "guardian": "Whoever must also say yes said no.",
            "somebody": "One of the circle. Who it was is better not written down.",
            "programme": "The team decided it.",
            "sender": "Whoever sent it, such as a court or a school.",
            "law": "A rule or an order that nobody here can set aside.",
            "nobody": "It came so.",
        },
    ),
    "programmes.Wish": (
        "By whose wish a time changed",
        "Said when a booked time is moved or called off. Those who may book read it beside the earlier times; no letter knows it, and nobody in a "
        "circle hears it.",
        {
            "harmed": "A person harmed asked for it, or somebody who stands by them.",
            "responsible": "A person responsible asked for it, or somebody who stands by them.",
            "programme": "Somebody of the team cannot come, or it is better so.",
            "venue": "The room or the house is not there for it.",
            "other": "Weather, an office, or nobody.",
        },
    ),
    "programmes.Reason": (
        "Why it goes on, rests or stops",
        "One list for requests, cases and meetings. The team alone sees it. Whoever asked reads: not going ahead; nobody in a circle hears who ended it."
        " A programme may add reasons of its own within a group, and take them out of use (Settings, Reasons).",
        {
            "fits": "Worked out when a request is accepted: no gate stood in its way.",
            "signed_off": "Worked out when a request is accepted: a gate did, and a supervisor wrote why it can go on.",
            "completed": "Every promise was kept as it was signed.",
            "completed_varied": "The promises were changed on the way, and then kept.",
            "part_completed": "Some promises were kept, and it ends there.",
            "not_completed": "The promises were not kept. Whoever sent it decides what follows.",
            "no_agreement": "They met, and nothing had to be written; or they agreed to differ.",
            "indirect": "Messages, letters or talks one by one did it, without a circle.",
            "ended_harmed": "They do not want it, or not any more.",
            "ended_responsible": "They do not want it, or not any more.",
            "no_responsibility": "A circle needs somebody who says: I did some of this.",
            "ended_guardian": "Their yes is needed beside the young person's own.",
            "declined_at_contact": "Somebody whose yes is needed said no at the first talk.",
            "asked": "The pace is theirs.",
            "later": "It takes the way called later, with a day on which somebody looks again.",
            "not_eligible": "It is not what this programme is there for.",
            "not_suitable": "It may be, later.",
            "not_safe": "No plan would make it safe enough.",
            "specialist": "Violence between partners, sexual harm, coercion: not without a specialist.",
            "other_path": "Such as a talk, a circle in class, mediation, counselling.",
            "transferred": "Another programme took it on.",
            "safety": "Nothing moves until that is done.",
            "too_much": "Of a meeting that stopped. Nobody says for whom.",
            "to_prepare": "Of a meeting that stopped: one talk alone is missing, or a paper.",
            "missing": "Of a meeting that stopped: it could not go on without somebody.",
            "out_of_time": "Of a meeting that stopped: it goes on where it was.",
            "other": "Nothing more is written down.",
            "taken_back": "They take it up themselves, or no longer want it.",
            "sender_waits": "Such as a court that wants to hear somebody first.",
            "no_contact_order": "A court or a school forbids it.",
            "duty": "Such as an inquiry that a school has to hold by law.",
            "new_matter": "Something new happened that has to be dealt with first.",
            "elsewhere": "A hearing, an inquiry, an exclusion.",
            "no_contact_possible": "Somebody whose yes is needed was tried for, and not reached.",
            "duplicate": "The earlier one goes on.",
            "away": "They are waited for.",
            "exams": "Nobody is asked for time now.",
            "own": "The programme named it, and whose decision it is.",
        },
    ),
    "programmes.Step": (
        "Where a reason is written down",
        "Each of these writes exactly one reason; the database refuses one that stops without it.",
        {
            "go": "Worked out, and asked of nobody.",
            "no": "When a request is declined.",
            "rest": "When a case is let rest.",
            "end": "When a case is closed.",
        },
    ),
}
"""By floor and table: how its chapter is headed, what it is, and each reason in one line."""

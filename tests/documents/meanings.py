"""One plain line for everything the policy and the journeys name: what the generated pages say, and nothing else knows.

A name without a line here, and a line without a name, are faults.
"""

TIES: dict[str, tuple[str, str]] = {
    "coordinates": ("Coordinator", "Runs the programme: every request and every case of it."),
    "supervises": (
        "Case supervisor",
        "Reads every request and case of the programme, signs off a high worry, says why a no need not stop a request, and can seal a case. "
        "Changes nothing else.",
    ),
    "facilitates": ("Assigned facilitator", "Is assigned to this case, as lead or co-facilitator, for as long as that lasts."),
    "peer_facilitates": (
        "Student, near the day",
        "Is assigned to this case as a student, from seven days before the meeting until seven days after it.",
    ),
    "takes_part": ("Person in the circle", "Has a place in this circle. They act on their own part, and see their own pages."),
    "holds_tablet": (
        "Whoever was handed the tablet",
        "Holds the device that the team gave round for signing this agreement, until it is given back.",
    ),
    "in_emergency": (
        "Reads in an emergency",
        "Coordinates or supervises, is not named by the seal of this case, and opened it with a reason, for an hour, to read one page of it.",
    ),
    "referred": ("Whoever asked", "Sent this request. They come back to it with the code they were given."),
    "administers": ("Administrator", "Keeps the programme's settings and its people. No case comes with it."),
    "belongs": ("Anyone of the team", "Holds any role in the programme now."),
}
"""How it heads a column, and who stands so."""

PERMISSIONS: dict[str, str] = {
    "read_referral": "Read a request",
    "screen_referral": "Accept a request or write down that it is not going ahead; write one down for someone",
    "clear_referral": "Write why a request may be accepted in spite of a no to what must be fine",
    "open_case": "Open a case: its people, how far each is, its history",
    "run_case": "Add people and take them out, assign who facilitates, keep two people apart, hold a case and go on",
    "seal_case": "Seal a case to a named team, and end that",
    "keep_notes": "Write notes about a case, and read those that are meant for them",
    "see_who_looked": "See who has looked at a case, one by one, and who of them is not of its team",
    "break_seal": "Open a sealed case in an emergency, by its reference and with a reason",
    "read_in_emergency": "Read the one page of a sealed case that was opened in an emergency",
    "review_emergency": "Look at why somebody else opened a sealed case in an emergency",
    "see_as": "See what somebody in the circle, a facilitator or whoever asked sees on their own pages, without sending anything",
    "prepare": "Invite, write down meetings, answers and safety checks, hand out codes",
    "declare_ready": "Mark a case ready; set a practical thing aside with a reason",
    "sign_off_safety": "Sign off a high worry about safety, with a reason",
    "read_complaint": "Read what somebody wrote past those who run the meeting; the administrator only where no supervisor could",
    "book": "Book a time and a room, and give them back",
    "convene": "Begin, turn and end the meeting; mark who came; stop safely",
    "draft_agreement": "Write the agreement, lay it out to be signed, take it back",
    "hand_tablet": "Hand the tablet round for signing; write down a signature on paper",
    "follow_up": "Check promises and write down how they go",
    "tell": "Write down that the person harmed was told how it went",
    "close_case": "Close a case",
    "open_file": "Save a file of a case, if it was said to be for them",
    "add_file": "Add a file to a case, and say first who may open it",
    "take_file_away": "Take a file of a case away for good, if they may open it",
    "see_keeping": "See when a closed case or an answered request is forgotten, what puts that off, and the figures that stay",
    "keep_longer": "Say that something may go on its day, or keep it longer once, with a reason",
    "answer_asking": "Answer somebody who asks for a copy of what is kept about them, or to be forgotten; look at the copy first",
    "hold_legally": "Put a legal hold on a case or request by its number, look at it again, lift it",
    "read_script": "Read the script, the first names and the chairs of a meeting; turn its pages",
    "take_part": "Use one's own pages: choose, change one's mind, read the questions, say when one could come",
    "sign_agreement": "Read the agreement that they or their child are asked to sign, sign it, or say that something is not right",
    "send_proof": "Tell how one's own promise went",
    "read_shared_file": "Save a file that was shared with oneself",
    "sign_on_tablet": "Sign the agreement that lies on the tablet; give the tablet back",
    "follow_referral": "See how one's own request stands, add to it, take it back",
    "see_today": "See Today, and the list of cases one may open",
    "see_team": "See who facilitates, and until when they are certified",
    "watch_journal": "See whether the journal holds",
    "change_settings": "Change the programme's settings: rules, times, rooms, words, letters, scripts",
    "read_stray": "Read what came back by e-mail or text message and fits nobody",
    "manage_team": "Give and end roles; write down training and certificates",
    "vouch": "Say that the only administrator lost their second step; the word of two lets them set up another",
    "share_device": "Make the device in one's hand a shared one, and end that for any",
}

NOUNS: dict[str, tuple[str, str]] = {
    "referrals.Stage": ("A request", "Somebody asks for a conference. They keep a code, and see with it how far it has come."),
    "cases.Stage": ("A case", "It opens by itself when a request is accepted."),
    "conferences.Stage": ("A meeting", "One circle, planned with its booking. A second circle is a second meeting."),
    "agreements.Stage": ("An agreement", "What everyone in the circle said they will do, in words that are fixed before they sign."),
    "agreements.ItemStage": ("A promise", "One line of an agreement: who does what, for whom, by when."),
    "files.Stage": ("A file", "A picture, a paper or plain text that was added to a case. For whom it is was said before it was kept."),
    "facilitators.Stage": ("A facilitator", "Only who is certified on the day counts for a circle."),
    "letters.Stage": ("A letter", "Everything that leaves: e-mail, text message, paper. It says nothing about what it is about."),
}
"""By floor and table: how its chapter is headed, and what it is."""

STAGES: dict[str, dict[str, str]] = {
    "referrals.Stage": {
        "received": "It has come, and waits for an answer within the days that the programme promises.",
        "accepted": "A case is open for it. Nobody but the team has been told anything yet.",
        "declined": "The programme does not take it on. Whoever asked reads only that it is not going ahead.",
        "withdrawn": "Whoever asked took it back, and did not have to say why.",
    },
    "cases.Stage": {
        "preparing": "Each person is met and asked, one by one. Nothing is fixed.",
        "ready": "Everyone whose yes is needed has said yes, and nothing that must be there is missing.",
        "scheduled": "A time, a room and everyone's seat are booked.",
        "convened": "The circle has begun or was held. What was agreed is written down and signed; nothing holds if one of them stops.",
        "following_up": "Everyone has signed. The promises are being kept. Whoever stops now is sent nothing more, and the promises go on.",
        "closed": "It has ended, with one of the reasons below. No code of the circle opens it any more.",
    },
    "conferences.Stage": {
        "planned": "It has its time and its room.",
        "live": "The circle sits, and the script is open.",
        "concluded": "Everyone was heard.",
        "adjourned": "It was stopped for that day. The case is ready for another.",
        "cancelled": "It was called off before it began.",
    },
    "agreements.Stage": {
        "drafting": "Its promises are being written, and can be changed.",
        "signing": "Its words are fixed, and so is who signs. Each of them reads and signs, or does not.",
        "in_force": "Everyone who was asked to sign has signed. It goes on when one of them stops.",
        "superseded": "A newer version took its place.",
        "ended": "It holds no more, or never came to hold.",
    },
    "agreements.ItemStage": {
        "promised": "It waits to be done.",
        "kept": "It is said to be done. Somebody of the team looks.",
        "partly": "Some of it is done.",
        "waived": "Those it was for no longer ask for it.",
        "replaced": "Another promise stands in its place.",
        "missed": "Its day went by. Somebody talks with them in private first; it can be given more time, or let go with a reason.",
        "verified": "Somebody of the team has seen that it is done.",
    },
    "files.Stage": {
        "shown": "Whoever chose it looks whether it is the right one. Nobody else sees it, and it goes after a day.",
        "unchecked": "No virus scanner has answered yet. Only the team can open it.",
        "kept": "It was checked, and those it is for can open it.",
        "replaced": "A newer one took its place. The team can still open it.",
        "gone": "Its bytes are gone for good; that it was there stays in the history.",
    },
    "facilitators.Stage": {
        "nominated": "Somebody put their name forward.",
        "training": "They are in the course.",
        "certified": "They may hold a circle, until the day on the certificate.",
        "lapsed": "The certificate is over. They stay named on their cases, and do not count for a circle.",
        "left": "They have left the team.",
    },
    "letters.Stage": {
        "held": "It is written, and waits for the moment when it may leave.",
        "due": "The worker sends it within a minute, or tries again later.",
        "printed": "It is set on paper, and waits for somebody to post it or hand it over.",
        "sent": "The post office has taken it.",
        "handed": "Somebody of the team has posted it, or given it into a hand.",
        "failed": "It could not be sent after six tries, about nine hours.",
        "withdrawn": "It was taken back before it left.",
    },
}

REASONS: dict[str, tuple[str, str, dict[str, str]]] = {
    "cases.Reason": (
        "Why a case ends",
        "One reason is written down when a case is closed. It is counted. Who ended it is told to nobody.",
        {
            "completed": "Every promise was kept as it was signed.",
            "completed_varied": "The promises were changed on the way, and then kept.",
            "part_completed": "Some promises were kept, and it ends there.",
            "not_completed": "The promises were not kept. Whoever sent it decides what follows.",
            "no_agreement": "They met, and nothing had to be written; or they agreed to differ.",
            "indirect": "Messages, letters or talks one by one did it, without a circle.",
            "ended_harmed": "A person harmed did not want to go on. They owe nobody a reason.",
            "ended_responsible": "A person responsible did not want to go on. They owe nobody a reason.",
            "declined_at_contact": "Somebody whose yes is needed said no at the first talk.",
            "no_contact_possible": "Somebody whose yes is needed was tried for, and not reached.",
            "not_suitable": "While preparing it became clear that a circle is not right here.",
            "new_matter": "Something new happened that has to be dealt with first.",
            "transferred": "Another programme took it on.",
        },
    ),
    "cases.Rest": (
        "Why a case rests",
        "A case on hold keeps its place and cannot become ready. Only the short reason is written down.",
        {
            "asked": "The pace is theirs.",
            "away": "They are waited for.",
            "elsewhere": "A hearing, an inquiry, an exclusion.",
            "exams": "Nobody is asked for time now.",
            "safety": "Nothing moves until that is done.",
            "other": "Nothing more is written down.",
        },
    ),
    "files.Gone": (
        "Why a file went",
        "Its bytes go with it, for good. The reason stands in the journal.",
        {
            "taken_away": "Somebody of the team took it away.",
            "harmful": "The virus scanner found it harmful. The team is told on Today.",
            "not_sent": "It was chosen and shown back, and not sent.",
        },
    ),
    "referrals.Reason": (
        "Why a request does not go ahead",
        "Only the team sees the reason. Whoever asked reads: not going ahead.",
        {
            "not_eligible": "It is not what this programme is there for.",
            "not_suitable": "It may be, later.",
            "not_safe": "No plan would make it safe enough.",
            "no_responsibility": "A circle needs somebody who says: I did some of this.",
            "no_contact_order": "A court or a school forbids it.",
            "specialist": "Violence between partners, sexual harm, coercion: not without a specialist.",
            "duplicate": "The earlier one goes on.",
            "other_path": "Such as a talk, a circle in class, mediation, counselling.",
        },
    ),
}
"""By floor and table: how its chapter is headed, what it is, and each reason in one line."""

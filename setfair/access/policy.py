"""Who may what: the whole policy, to be read from top to bottom by somebody who does not program.

A permission is held by those who stand in one of its ties to the thing in question.
The reasons are in practice.md 1.2 (who sees what) and 2.4 (nobody is pushed).
"""

from __future__ import annotations

from enum import StrEnum


class Tie(StrEnum):
    """How somebody stands to a case, or to the programme."""

    COORDINATES = "coordinates"  # every case of the programme
    SUPERVISES = "supervises"  # reads every case, signs off safety
    FACILITATES = "facilitates"  # is assigned to this case, as staff, lead or co-facilitator
    PEER_FACILITATES = "peer_facilitates"  # is assigned as a student, and the day is near
    HELPS = "helps"  # was asked to help at a meeting, or is on its team: their own answer, and nothing of the case
    TAKES_PART = "takes_part"  # is in this circle, and acts on their own part alone
    HOLDS_TABLET = "holds_tablet"  # was handed the tablet with this agreement on it, and can do nothing else with it
    IN_EMERGENCY = "in_emergency"  # opened this sealed case in an emergency, for an hour, to read
    HOLDS_TALK = "holds_talk"  # holds a talk with somebody who only wants to learn more
    REFERRED = "referred"  # sent this request
    SENDS = "sends"  # reads the post of an office that sends requests
    ADMINISTERS = "administers"  # the programme's settings and people; no case
    SAFEGUARDS = "safeguards"  # is told at once when somebody is not safe; no case
    BELONGS = "belongs"  # any live membership of the programme


class Permission(StrEnum):
    # Staff, about requests
    READ_REFERRAL = "read_referral"
    SCREEN_REFERRAL = "screen_referral"
    CLEAR_REFERRAL = "clear_referral"
    HOLD_TALK = "hold_talk"
    # Staff, about a case
    OPEN_CASE = "open_case"
    RUN_CASE = "run_case"
    SEAL_CASE = "seal_case"
    SEE_WHO_LOOKED = "see_who_looked"
    KEEP_NOTES = "keep_notes"
    BREAK_SEAL = "break_seal"
    READ_IN_EMERGENCY = "read_in_emergency"
    REVIEW_EMERGENCY = "review_emergency"
    SEE_AS = "see_as"
    PREPARE = "prepare"
    DECLARE_READY = "declare_ready"
    SET_ASIDE = "set_aside"
    SIGN_OFF_SAFETY = "sign_off_safety"
    JUDGE_SAY = "judge_say"
    READ_COMPLAINT = "read_complaint"
    BOOK = "book"
    PLAN_TERM = "plan_term"
    CONVENE = "convene"
    DRAFT_AGREEMENT = "draft_agreement"
    HAND_TABLET = "hand_tablet"
    FOLLOW_UP = "follow_up"
    TELL = "tell"
    CLOSE_CASE = "close_case"
    OPEN_FILE = "open_file"
    ADD_FILE = "add_file"
    TAKE_FILE_AWAY = "take_file_away"
    # Somebody is not safe now
    RAISE_ALARM = "raise_alarm"
    ANSWER_ALARM = "answer_alarm"
    # How long it is kept
    SEE_KEEPING = "see_keeping"
    KEEP_LONGER = "keep_longer"
    HOLD_LEGALLY = "hold_legally"
    ANSWER_ASKING = "answer_asking"
    # The script on the day, students included
    READ_SCRIPT = "read_script"
    DEBRIEF = "debrief"
    READ_DEBRIEF = "read_debrief"
    # What one of the team is asked to help with
    ANSWER_DUTY = "answer_duty"
    # People in the circle, on their own pages
    TAKE_PART = "take_part"
    SIGN_AGREEMENT = "sign_agreement"
    SEND_PROOF = "send_proof"
    READ_SHARED_FILE = "read_shared_file"
    # The tablet that goes round
    SIGN_ON_TABLET = "sign_on_tablet"
    # Whoever sent a request
    FOLLOW_REFERRAL = "follow_referral"
    FOLLOW_OFFICE = "follow_office"
    # Anybody of the team, for somebody else
    BRING_REFERRAL = "bring_referral"
    LOG_PRACTICE = "log_practice"
    READ_PRACTICE = "read_practice"
    READ_OUTCOMES = "read_outcomes"
    # A list that was kept before
    BRING_LIST = "bring_list"
    # The programme itself
    SEE_TODAY = "see_today"
    SEE_TEAM = "see_team"
    SEE_WEEK = "see_week"
    CHANGE_SETTINGS = "change_settings"
    WRITE_CHECKLIST = "write_checklist"
    MANAGE_TEAM = "manage_team"
    WATCH_JOURNAL = "watch_journal"
    READ_STRAY = "read_stray"
    READ_PROBLEM = "read_problem"
    VOUCH = "vouch"
    SHARE_DEVICE = "share_device"
    SHOW_ONESELF = "show_oneself"
    SAY_WHEN_FREE = "say_when_free"
    KEEP_CALENDAR = "keep_calendar"


POLICY: dict[Permission, frozenset[Tie]] = {
    Permission.READ_REFERRAL: frozenset({Tie.COORDINATES, Tie.SUPERVISES}),
    Permission.SCREEN_REFERRAL: frozenset({Tie.COORDINATES}),
    Permission.CLEAR_REFERRAL: frozenset({Tie.SUPERVISES}),
    Permission.HOLD_TALK: frozenset({Tie.COORDINATES, Tie.HOLDS_TALK}),
    Permission.OPEN_CASE: frozenset({Tie.COORDINATES, Tie.SUPERVISES, Tie.FACILITATES}),
    Permission.RUN_CASE: frozenset({Tie.COORDINATES}),
    Permission.SEAL_CASE: frozenset({Tie.COORDINATES, Tie.SUPERVISES}),
    Permission.KEEP_NOTES: frozenset({Tie.COORDINATES, Tie.SUPERVISES, Tie.FACILITATES}),  # each note only those it is for
    Permission.SEE_WHO_LOOKED: frozenset({Tie.SUPERVISES}),
    Permission.BREAK_SEAL: frozenset({Tie.COORDINATES, Tie.SUPERVISES}),  # of a case they cannot find: by its reference, with a reason
    Permission.READ_IN_EMERGENCY: frozenset({Tie.IN_EMERGENCY}),
    Permission.REVIEW_EMERGENCY: frozenset({Tie.COORDINATES, Tie.SUPERVISES}),  # never their own
    Permission.SEE_AS: frozenset({Tie.COORDINATES, Tie.FACILITATES}),
    Permission.PREPARE: frozenset({Tie.COORDINATES, Tie.FACILITATES}),
    Permission.DECLARE_READY: frozenset({Tie.COORDINATES, Tie.FACILITATES}),
    Permission.SET_ASIDE: frozenset({Tie.COORDINATES}),  # what is practical, one by one, with a reason that stands in the history
    Permission.SIGN_OFF_SAFETY: frozenset({Tie.COORDINATES, Tie.SUPERVISES}),
    Permission.JUDGE_SAY: frozenset({Tie.SUPERVISES}),  # whether a guardian decides; never whoever doubted it
    Permission.READ_COMPLAINT: frozenset({Tie.SUPERVISES, Tie.ADMINISTERS}),  # never whoever coordinates, unless nobody else could
    Permission.BOOK: frozenset({Tie.COORDINATES, Tie.FACILITATES}),
    Permission.PLAN_TERM: frozenset({Tie.COORDINATES}),  # each their own plan, of the cases that are there for them
    Permission.CONVENE: frozenset({Tie.COORDINATES, Tie.FACILITATES}),
    Permission.DRAFT_AGREEMENT: frozenset({Tie.COORDINATES, Tie.FACILITATES}),
    Permission.HAND_TABLET: frozenset({Tie.COORDINATES, Tie.FACILITATES}),
    Permission.FOLLOW_UP: frozenset({Tie.COORDINATES, Tie.FACILITATES}),
    Permission.TELL: frozenset({Tie.COORDINATES, Tie.FACILITATES}),
    Permission.CLOSE_CASE: frozenset({Tie.COORDINATES}),
    Permission.OPEN_FILE: frozenset({Tie.COORDINATES, Tie.SUPERVISES, Tie.FACILITATES}),  # each of those it was said to be for
    Permission.ADD_FILE: frozenset({Tie.COORDINATES, Tie.FACILITATES}),
    Permission.TAKE_FILE_AWAY: frozenset({Tie.COORDINATES, Tie.FACILITATES}),
    Permission.RAISE_ALARM: frozenset({Tie.COORDINATES, Tie.SUPERVISES, Tie.FACILITATES}),  # about one person; without one anybody may, from any page
    # never whom it is about, and whoever administers only once they were told
    Permission.ANSWER_ALARM: frozenset({Tie.SAFEGUARDS, Tie.SUPERVISES, Tie.COORDINATES, Tie.ADMINISTERS}),
    Permission.SEE_KEEPING: frozenset({Tie.COORDINATES, Tie.SUPERVISES}),
    Permission.KEEP_LONGER: frozenset({Tie.COORDINATES}),
    Permission.ANSWER_ASKING: frozenset({Tie.COORDINATES}),
    Permission.HOLD_LEGALLY: frozenset({Tie.SUPERVISES, Tie.ADMINISTERS}),  # a number and a reason; it opens no case to whoever administers
    Permission.READ_SCRIPT: frozenset({Tie.COORDINATES, Tie.FACILITATES, Tie.PEER_FACILITATES}),
    Permission.DEBRIEF: frozenset({Tie.COORDINATES, Tie.FACILITATES, Tie.PEER_FACILITATES}),
    Permission.READ_DEBRIEF: frozenset({Tie.SUPERVISES}),  # how those who held it are: never whoever coordinates
    Permission.ANSWER_DUTY: frozenset({Tie.HELPS}),  # day, hour and part; no name of anybody in it
    Permission.TAKE_PART: frozenset({Tie.TAKES_PART}),
    Permission.SIGN_AGREEMENT: frozenset({Tie.TAKES_PART}),
    Permission.SEND_PROOF: frozenset({Tie.TAKES_PART}),
    Permission.READ_SHARED_FILE: frozenset({Tie.TAKES_PART}),
    Permission.SIGN_ON_TABLET: frozenset({Tie.HOLDS_TABLET}),
    Permission.FOLLOW_REFERRAL: frozenset({Tie.REFERRED}),
    Permission.FOLLOW_OFFICE: frozenset({Tie.SENDS}),  # the list of what that office sent, and nothing of anybody in it
    Permission.LOG_PRACTICE: frozenset({Tie.BELONGS}),  # a count, and nobody in it
    Permission.READ_PRACTICE: frozenset({Tie.COORDINATES, Tie.ADMINISTERS}),  # months that are over, small figures left out
    Permission.READ_OUTCOMES: frozenset({Tie.COORDINATES, Tie.SUPERVISES, Tie.ADMINISTERS}),  # years that are over, in whole blocks
    Permission.BRING_REFERRAL: frozenset({Tie.BELONGS}),  # what they write down they do not read again, unless another tie lets them
    Permission.BRING_LIST: frozenset({Tie.COORDINATES}),  # each their own: a file may name people whom others are kept from
    Permission.SEE_TODAY: frozenset({Tie.BELONGS}),
    Permission.SEE_TEAM: frozenset({Tie.COORDINATES, Tie.ADMINISTERS}),
    Permission.SEE_WEEK: frozenset({Tie.COORDINATES}),  # of a case that is not theirs to open, only that a room is taken
    Permission.CHANGE_SETTINGS: frozenset({Tie.ADMINISTERS}),
    Permission.WRITE_CHECKLIST: frozenset({Tie.COORDINATES, Tie.ADMINISTERS}),
    Permission.MANAGE_TEAM: frozenset({Tie.ADMINISTERS}),
    Permission.WATCH_JOURNAL: frozenset({Tie.SUPERVISES, Tie.ADMINISTERS}),
    Permission.READ_STRAY: frozenset({Tie.ADMINISTERS}),
    Permission.READ_PROBLEM: frozenset({Tie.ADMINISTERS}),
    Permission.VOUCH: frozenset({Tie.COORDINATES, Tie.SUPERVISES}),  # two of them, or one and whoever runs the server
    Permission.SHARE_DEVICE: frozenset({Tie.COORDINATES, Tie.ADMINISTERS}),
    Permission.SHOW_ONESELF: frozenset({Tie.BELONGS}),
    Permission.SAY_WHEN_FREE: frozenset({Tie.BELONGS}),  # their own hours, and nobody else's
    Permission.KEEP_CALENDAR: frozenset({Tie.BELONGS}),
}

"""Who may what, written by hand from practice.md 1.2 and 2.4, not from the policy.

A table that is generated from the policy agrees with itself. These lines do not ask
the policy: each is a page or act, and behind it those who get through; everybody else
who lives in the village must find nothing there. `own` is the first case of the
school, to which Fadi and the students Ines and Malik are assigned; Otto and the
second request belong to another case of the same school, which Mina and Tova hold; Nour and Lena work next door.
"""

STAFF_OF_THE_CASE = "cora fadi"
IN_THE_CIRCLE = "hana rami sol gail"
EVERYONE = ("nobody tablet cora sven ada fadi mina ines tova nour lena hana rami sol gail otto asker other_asker").split()

OWN_CASE: dict[str, str] = {
    # Requests: the coordinator decides, the supervisor reads.
    "GET requests": "cora sven nour",
    "GET request": "cora sven",
    "POST request_accept": "cora",
    "POST request_decline": "cora",
    "POST request_told": "cora",
    "POST request_clear": "sven",
    # The case: the coordinator and those assigned; students and administrators see no case.
    "GET case": "cora sven fadi",
    "GET case_history": "cora sven fadi",
    "GET case_notes": "cora sven fadi",
    "GET note": "cora sven fadi",
    "GET my_notes": IN_THE_CIRCLE + " otto",
    # A sealed case in an emergency: whoever opened it reads; supervisors and whoever coordinates the case look at it.
    "GET break_seal": "cora sven nour",
    "GET emergency": "",
    "GET emergency_review": "cora sven",
    "GET see_as": STAFF_OF_THE_CASE,
    "GET see_as_person": STAFF_OF_THE_CASE,
    "GET see_as_helper": STAFF_OF_THE_CASE,
    "GET see_as_asker": STAFF_OF_THE_CASE,
    "GET case_people": "cora",
    "GET case_looked": "sven",
    "GET looked": IN_THE_CIRCLE + " otto",
    # Files: who may open one was said before it was kept. The file here was shared with Hana.
    "GET case_files": "cora sven fadi",
    "POST file_add": STAFF_OF_THE_CASE,
    "POST file_harm_seen": STAFF_OF_THE_CASE,
    "GET file": "cora sven fadi",
    "POST file_away": STAFF_OF_THE_CASE,
    "GET my_file": "hana",
    # Preparing a person: contact facts, risks and notes are for the coordinator and the assigned, never for a student; the supervisor
    # reads on the case page how far it has come.
    "GET person": STAFF_OF_THE_CASE,
    "GET contact": STAFF_OF_THE_CASE,
    "POST contact_reading": STAFF_OF_THE_CASE,
    "GET way_changes": STAFF_OF_THE_CASE,
    "POST way_changes": STAFF_OF_THE_CASE,
    "GET ready": STAFF_OF_THE_CASE,
    "GET case_letters": STAFF_OF_THE_CASE,
    "GET post_sheet": STAFF_OF_THE_CASE,
    "POST post_handed": STAFF_OF_THE_CASE,
    "GET post_words": STAFF_OF_THE_CASE,
    "POST post_let_go": STAFF_OF_THE_CASE,
    "POST post_keep_back": STAFF_OF_THE_CASE,
    "GET settings_glance": "ada nour",
    "GET devices": "cora ada nour",
    "POST device_end": "cora ada",
    "GET came_back": STAFF_OF_THE_CASE,
    "POST came_back_read": STAFF_OF_THE_CASE,
    "GET strays": "ada nour",
    "POST post_told": STAFF_OF_THE_CASE,
    "POST post_again": STAFF_OF_THE_CASE,
    "POST post_other_way": STAFF_OF_THE_CASE,
    "POST meetings": STAFF_OF_THE_CASE,
    "POST consents": STAFF_OF_THE_CASE,
    "POST safety_checks": STAFF_OF_THE_CASE,
    # What each said yes to, in the words they read: those who prepare, and they themselves. Which offices are asked about is the coordinator's.
    "GET consent_record": STAFF_OF_THE_CASE,
    "GET offices": "cora",
    "GET ask_again": "cora nour",
    "GET settings_consents": "ada nour",
    "GET settings_offices": "ada nour",
    "GET my_yes": IN_THE_CIRCLE + " otto",
    "GET my_shared": IN_THE_CIRCLE + " otto",
    "GET sign_off": "cora sven",
    "POST sign_off": "cora sven",
    "GET sign_off_gate": "cora sven",
    "POST sign_off_gate": "cora sven",
    "POST codes": STAFF_OF_THE_CASE,
    "POST people_add": "cora",
    "POST assign": "cora",
    "POST hold": "cora",
    "POST person_place": "cora",
    "POST no_guardian": "cora",
    "POST turns_18": "cora",
    "GET hand_over": "cora",
    "GET keep_out": "cora",
    "GET seal": "cora sven",
    "POST seal_name": "cora sven",
    "POST unname": "cora sven",
    "POST unseal": "cora sven",
    "POST let_back": "cora",
    # A word past those who run the meeting: the supervisor of the school reads it, and where there is one the administrator does not.
    "GET complaint": "sven",
    "POST complaint_taken": "sven",
    "GET complaints": "sven ada nour",
    "GET complain": IN_THE_CIRCLE + " otto",
    "GET status_complain": "asker other_asker",
    # A time.
    "GET schedule": STAFF_OF_THE_CASE,
    "POST seat": STAFF_OF_THE_CASE,
    # The hour: students read the script in the days around it.
    "GET conference": "cora fadi ines",
    # The agreement: staff write it, people in the circle read and sign their own.
    "GET agreement": STAFF_OF_THE_CASE,
    "GET my_agreement": IN_THE_CIRCLE,
    "POST sign": IN_THE_CIRCLE,
    "GET tablet": STAFF_OF_THE_CASE,
    "GET handed": "tablet",
    "POST handed_number": "tablet",
    "POST handed_sign": "tablet",
    "POST handed_back": "tablet",
    "GET follow_up": STAFF_OF_THE_CASE,
    "GET proof": "rami",
    "GET news": STAFF_OF_THE_CASE,
    "GET close": "cora",
    # What an office is told: the coordinator makes it, after showing once more that it is them.
    "GET report": "cora",
    "POST report_send": "cora",
    # How long it is kept: whoever coordinates says what may go, the supervisor sees it; a hold needs the supervisor or the administrator.
    "GET case_keeping": "cora sven",
    "POST case_keep_longer": "cora",
    "POST case_may_go": "cora",
    "GET request_keeping": "cora sven",
    "POST request_keep_longer": "cora",
    "GET keeping": "cora sven nour",
    "GET keeping_rules": "ada nour",
    "GET legal_holds": "sven ada nour",
    "POST legal_hold_lift": "sven ada nour",
    # What is kept about somebody: they ask on their own page, whoever prepares them writes it down, the coordinator answers.
    "GET own_record": IN_THE_CIRCLE + " otto",
    "GET status_record": "asker other_asker",
    "GET asking": "cora",
    "POST asking": "cora",
    "POST asking_noted": STAFF_OF_THE_CASE,
    # The programme: settings and people are the administrator's, and no case comes with them.
    "GET settings": "ada nour",
    "GET journal": "sven ada nour",
    "POST settings_people_step": "ada",
    "GET back_in": "cora sven nour",
    "POST back_in": "cora sven nour",
    "GET team": "cora ada nour",
    "GET today": "cora sven ada fadi mina ines tova nour lena",
    "GET cases": "cora sven ada fadi mina ines tova nour lena",
    # People's own pages: each their own, and nobody else's; staff have none.
    "GET home": IN_THE_CIRCLE + " otto",
    "GET my_contact": IN_THE_CIRCLE + " otto",
    "POST my_contact_code": IN_THE_CIRCLE + " otto",
    "GET choice": IN_THE_CIRCLE + " otto",
    "GET stop": IN_THE_CIRCLE + " otto",
    "POST call_me": IN_THE_CIRCLE + " otto",
    "GET questions": IN_THE_CIRCLE + " otto",
    "GET times": IN_THE_CIRCLE + " otto",
    # Whoever asked sees the status of their own request.
    "GET status": "asker other_asker",
}

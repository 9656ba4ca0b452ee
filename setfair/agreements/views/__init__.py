"""Pages by who stands before them: the team at the desk, the tablet that goes round, and people on their own pages."""

from .checking import check
from .concluding import look_again, result
from .desk import (
    agreement,
    agreement_drop,
    agreement_more,
    agreement_paper,
    agreement_pass_on,
    agreement_present,
    agreement_reopen,
    agreement_rewrite,
    person_paper,
    promise_add,
    promise_strike,
    promise_up,
    promise_words,
)
from .fitting import handed_marks, marks_said, my_marks
from .following import follow_up, item, item_ask_again, item_hand_on, item_more_time, item_remind, item_steps
from .own import my_agreement, my_concern, my_no, my_paper, my_remark, my_rest, proof, sign
from .scanning import signed_paper
from .showing import proof_file, proof_file_again, proof_file_send
from .spelling import my_spelling, spelling, spelling_back
from .tablet import handed, handed_back, handed_number, handed_sign, handed_thanks, paper_signature, remark_away, remark_let, spoken_signature, tablet
from .translating import promise_translation

__all__ = [
    "agreement",
    "agreement_drop",
    "agreement_more",
    "agreement_paper",
    "agreement_pass_on",
    "agreement_present",
    "agreement_reopen",
    "agreement_rewrite",
    "check",
    "follow_up",
    "handed",
    "handed_back",
    "handed_marks",
    "handed_number",
    "handed_sign",
    "handed_thanks",
    "item",
    "item_ask_again",
    "item_hand_on",
    "item_more_time",
    "item_remind",
    "item_steps",
    "look_again",
    "marks_said",
    "my_agreement",
    "my_concern",
    "my_marks",
    "my_no",
    "my_paper",
    "my_remark",
    "my_rest",
    "my_spelling",
    "paper_signature",
    "person_paper",
    "promise_add",
    "promise_strike",
    "promise_translation",
    "promise_up",
    "promise_words",
    "proof",
    "proof_file",
    "proof_file_again",
    "proof_file_send",
    "remark_away",
    "remark_let",
    "result",
    "sign",
    "signed_paper",
    "spelling",
    "spelling_back",
    "spoken_signature",
    "tablet",
]

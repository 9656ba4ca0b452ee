"""All that can be done in a case, in any order."""

from __future__ import annotations

from collections.abc import Callable

from setfair.agreements import actions as agreements

from . import after, before
from .play import Play

OF_A_PROMISE = ("keep", "verify", "miss", "partly", "waive", "talk")

VERBS: dict[str, Callable[[Play], None]] = {
    verb.__name__: verb
    for verb in (
        before.ask,
        before.accept,
        before.decline,
        before.take_back,
        before.tell_more,
        before.offer_talk,
        before.choose_talk,
        before.end_talk,
        before.add,
        before.add_the_two,
        before.change_place,
        before.let_go,
        before.keep_apart,
        before.let_meet,
        before.assign,
        before.unassign,
        before.keep_out,
        before.let_back,
        before.rest,
        before.go_on,
        before.go_another_way,
        before.invite,
        before.meet,
        before.acknowledge,
        before.check_safety,
        before.hope,
        before.answer,
        before.write_answer_down,
        before.stop,
        before.ask_call,
        before.take_a_break,
        before.end_the_break,
        before.ready,
        before.set_aside,
        before.sign_off,
        before.without_guardian,
        before.prepare_all,
        before.assign_all,
        after.say_when,
        after.book,
        after.release,
        after.seat_late,
        after.convene,
        after.come,
        after.all_come,
        after.turn,
        after.conclude,
        after.adjourn,
        after.draft,
        after.promise,
        after.reword,
        after.strike,
        after.bring_forward,
        after.present,
        after.reopen,
        after.rewrite,
        after.agree_more,
        after.leave_as_it_was,
        after.find_fair,
        after.all_find_fair,
        after.sign,
        after.find_wrong,
        after.send_proof,
        after.say_how,
        after.more_time,
        after.call,
        after.put_call_off,
        after.tell,
        after.wish,
        after.close,
        after.days_pass,
        after.the_day_comes,
        after.all_sign,
    )
} | {f"{name}_it": after.of_a_promise(getattr(agreements, name)) for name in OF_A_PROMISE}

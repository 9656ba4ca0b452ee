"""One of the team reads when they are needed, and says that they cannot any more. The meeting stands, and Today asks for somebody else."""

import pytest

from setfair.cases.journey import Stage
from setfair.scheduling.models import Booking
from setfair.village.story import case_at

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.mission("S0.2", "S1.4")
@pytest.mark.parametrize("key", ["ines", "fadi"])
def test_who_cannot_help_any_more_says_so_and_somebody_else_is_looked_for(world, visit, key):
    with world.inside():
        story = case_at(world, Stage.SCHEDULED)
        booking = Booking.objects.select_related("room").get(case=story.case)
    helper = visit(phone=True).sign_in(f"{key}@school.example").open("/mine/")
    assert helper.sees("Be there at")
    assert helper.sees(booking.room.name)
    helper.page.locator("summary", has_text="I cannot help there any more").click()
    helper.press("Yes, I cannot help there")
    assert helper.sees("Thank you for telling us.")
    assert helper.sees("Nothing is asked of you now.")
    cora = visit().sign_in("cora@school.example").open("/today/")
    assert cora.sees("One of the team cannot help any more: somebody else is needed")
    with world.inside():
        booking.refresh_from_db()
        assert booking.released_at is None

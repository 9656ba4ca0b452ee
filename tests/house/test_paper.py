"""What people are given on paper is as easy to read as their pages."""

import pytest

from bench import ease
from setfair.sheets.pack import pack
from setfair.sheets.tests.heard import read_out
from setfair.sheets.tests.test_pack import opened

pytestmark = pytest.mark.django_db
TOLD = ("/P", "/H2", "/LBody", "/Span")


@pytest.mark.parametrize("language", ["en", "es"])
def test_everything_on_paper_reads_like_the_pages(village, at_preparing, language):
    with village.inside():
        for me in (at_preparing.hana, at_preparing.rami, at_preparing.gail, at_preparing.sol):
            with opened(pack(me, language=language, size=14, plain=False)) as pdf:
                lines = [ease.ended(words) for tag, words in read_out(pdf)[0] if tag in TOLD and words and "://" not in words]
            said = ease.sentences(" ".join(lines))
            figure = ease.measure(language, " ".join(said))
            assert (len(said) >= ease.ENOUGH, ease.is_hard(figure, language)) == (True, False), figure
            hard = [one for one in said if language == "en" and ease.measure("en", one) > ease.HARDEST]
            assert hard == []

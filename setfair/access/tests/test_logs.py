"""The log names routes: no address that lets somebody in, no id of a case, whoever writes the line."""

import logging
import uuid

import pytest
from django.test import Client
from django.urls import reverse

from setfair.accounts.actions import issue_link
from setfair.accounts.models import Pass
from setfair.core.actor import system

pytestmark = pytest.mark.django_db
KEY = "0b2b4f70-3f0f-4d0a-9d41-52c1f7a3f3b5"


def written(records):
    """What stands on standard error."""
    (plain,) = [handler for handler in logging.root.handlers if handler.name == "stderr"]
    return "\n".join(plain.format(record) for record in records)


@pytest.fixture
def link(village):
    with village.inside():
        return issue_link(bearer=Pass.Bearer.PARTICIPATION, bearer_id=uuid.uuid4(), by=system(village.school.pk))


@pytest.mark.parametrize("slip", ["", "/"])
def test_a_link_that_was_not_spent_is_not_in_the_log(link, caplog, slip):
    caplog.set_level(logging.DEBUG)
    path = reverse("enter", args=[link]).rstrip("/") + slip
    assert Client(enforce_csrf_checks=True).post(path, headers={"Referer": path}).status_code == (403 if slip else 301)
    lines = written(caplog.records)
    assert (link in lines, path in lines) == (False, False)
    assert ("(enter)" in lines) is bool(slip)


def test_a_form_without_its_token_is_named_by_its_route(caplog):
    assert Client(enforce_csrf_checks=True).post(reverse("my_no", args=[KEY])).status_code == 403
    (line,) = written(caplog.records).splitlines()
    assert line.endswith("WARNING django.security.csrf Forbidden (CSRF cookie not set.): (my_no)")


@pytest.mark.parametrize(
    ("name", "said", "stands"),
    [
        ("django.request", f"Not Found: /people/{KEY}/", "Not Found: (person)"),
        ("django.request", f"Not Found: /people/{KEY}", "Not Found: (no route)"),
        ("uvicorn.access", f'127.0.0.1:1 - "GET /people/{KEY}/?a=b HTTP/1.1" 200', '127.0.0.1:1 - "GET (person) HTTP/1.1" 200'),
        ("setfair.letters.tasks", f"http://localhost:8000/people/{KEY}/ and {KEY}", "(person) and (id)"),
        ("setfair", f"a {'Ab1_' * 11} b", "a (token) b"),
        ("setfair", "There is no key in /var/lib/setfair/keys.", "There is no key in /var/lib/setfair/keys."),
        ("django.request", 'File "/usr/lib/python3/site.py", line 3, in urlopen', 'File "/usr/lib/python3/site.py", line 3, in urlopen'),
    ],
)
def test_what_is_written(name, said, stands):
    line = written([logging.LogRecord(name, logging.ERROR, "", 1, said, None, None)])
    assert line.endswith(f"ERROR {name} {stands}")


def test_every_logger_that_tells_of_pages_writes_that_way():
    (plain,) = [handler for handler in logging.root.handlers if handler.name == "stderr"]
    for name in ("django.request", "django.security.csrf", "django.server", "uvicorn.access", "uvicorn.error", "procrastinate.worker"):
        logger, found = logging.getLogger(name), []
        while logger is not None:
            found += [handler for handler in logger.handlers if type(handler) is logging.StreamHandler]
            logger = logger.parent if logger.propagate else None
        assert {type(handler.formatter) for handler in found} == {type(plain.formatter)}

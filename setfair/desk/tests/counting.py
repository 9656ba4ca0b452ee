"""How many statements that read or write a row a page takes; what opens and closes transactions is left out."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

AROUND = ("SAVEPOINT", "RELEASE SAVEPOINT", "SET LOCAL")


def statements(client, url):
    with CaptureQueriesContext(connection) as caught:
        answer = client.get(url)
    assert answer.status_code == 200
    return [q["sql"] for q in caught.captured_queries if not q["sql"].startswith(AROUND)]


def count(client, url):
    return len(statements(client, url))

"""Thousands of cases are sown past Django: whatever a row must have is named there, or filled by itself."""

import re
import subprocess
import sys

import pytest
from django.apps import apps
from django.db.models import NOT_PROVIDED

from bench.rows import COLUMNS
from bench.sowing import HERE, _plain
from config import places

INSERT = re.compile(r"insert into (\w+) \(([^)]*)\)", re.IGNORECASE)


def must_have(model):
    """The columns without which the database takes no row of it, and that nobody fills."""
    fields = [f for f in model._meta.concrete_fields if not f.null and f.db_default is NOT_PROVIDED and not getattr(f, "generated", False)]
    return {f.column for f in fields if _plain(f) is None and f.get_internal_type() not in ("AutoField", "BigAutoField")}


def test_every_column_that_must_be_there_is_named_or_filled():
    models = {model._meta.db_table: model for model in apps.get_models()}
    written = [(table, columns.split()) for table, columns in COLUMNS.items()]
    written += [(table, re.split(r",\s*", columns.strip())) for table, columns in INSERT.findall((HERE / "seed.sql").read_text())]
    lacking = {(table, column) for table, columns in written if table in models for column in must_have(models[table]) - set(columns)}
    assert (len(written) > 15, lacking) == (True, set())


@pytest.mark.slow
def test_what_is_sown_is_taken_by_every_rule_of_the_database():
    apart = "from bench import house; house.stand_apart(); from bench import seed; from tests import pgcluster"
    sown = f"{apart}; pgcluster.join(); seed.ready(100); pgcluster.leave()"
    done = subprocess.run([sys.executable, "-c", sown], cwd=places.ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr

"""While migrations run, only the model that a step changes is drawn anew, and not every model that is related to it.

Django draws a changed model's whole neighbourhood again at each step: with a hundred
models that was nine tenths of a first start. Where a change lets the drawing wait
(`delay`: a constraint, an index, a plain column), and for a model that is new, its
neighbours look the same as before. Whatever runs Python of its own draws everything
first, as Django sees to for waiting drawings; a relation between models is drawn with
its neighbourhood as ever. A test holds the two ways to the same schema.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from django.db.migrations.state import ModelState, ProjectState

Key = tuple[str, str]
_whole_neighbourhood = ProjectState._find_reload_model  # type: ignore[attr-defined]


@contextmanager
def only_what_changed() -> Iterator[None]:
    with patch.multiple(ProjectState, _find_reload_model=_to_draw, add_model=_add_model):
        yield


def _to_draw(state: Any, app_label: str, model_name: str, delay: bool = False) -> set[Key]:
    if not delay:
        return set(_whole_neighbourhood(state, app_label, model_name))
    state.is_delayed = True
    return {(app_label, model_name)}


def _add_model(state: Any, model: ModelState) -> None:
    key = model.app_label, model.name_lower
    state.models[key] = model
    if state._relations is not None:
        state.resolve_model_relations(key)
    state.reload_model(*key, delay=True)

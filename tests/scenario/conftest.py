"""English diagnostics, and the smallest scenario to which a test adds its own lines."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cyberex import i18n
from cyberex.scenario.load import Loaded, scenario_of_text

DATA = Path(__file__).with_name("data")

SMALL = """\
cyberex: 1
id: small
title: Petit
timing: {play: 60 min}
cells: [{id: crisis, title: Cellule}]
roles: [{id: it, title: Informatique, cell: crisis}]
actors: [{id: nurse, title: Infirmière, kind: staff, played_by: animator-1}]
channels: [{id: phone, title: Téléphone}]
stimuli:
  - id: s01
    at: T+5
    from: nurse
    to: [it]
    via: phone
    title: Postes figés
    text: Exercice. Six postes.
"""


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    before = i18n.language()
    i18n.set_language("en")
    yield
    i18n.set_language(before)


@pytest.fixture
def sketch() -> Path:
    return DATA / "sketch.yaml"


@pytest.fixture
def small() -> Callable[[str], Loaded]:
    """Load the small scenario followed by the lines given (they go on in its last stimulus)."""
    return lambda lines: scenario_of_text(SMALL + lines)

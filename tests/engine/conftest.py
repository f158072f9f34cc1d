"""Tables at DEBEX: `table` leaves calls to the test, `play` says each done as soon as given."""

from collections.abc import Callable
from functools import partial

import pytest

from tests.engine.table import Table

Seat = Callable[..., Table]


@pytest.fixture
def table() -> Seat:
    return partial(Table, calls=False)


@pytest.fixture
def play() -> Seat:
    return partial(Table, calls=True)

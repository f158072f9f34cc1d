"""Whoever listens gets everything once, in order, whenever they come."""

import asyncio

from hypothesis import given
from hypothesis import strategies as st

from cyberex.exercise.feed import Feed, History
from cyberex.facts.exercise_events import ExerciseResumed
from cyberex.facts.model import CLOCK, Recorded


def transaction(first: int, size: int = 1) -> tuple[Recorded, ...]:
    return tuple(
        Recorded(seq, 0, "2026-01-12T08:00:00.000Z", CLOCK, ExerciseResumed())
        for seq in range(first, first + size)
    )


async def seqs_of(feed: Feed) -> list[int]:
    return [recorded.seq async for item in feed for recorded in item]


async def test_the_backlog_comes_before_what_is_live() -> None:
    history = History([transaction(1, 2), transaction(3)])
    feed = history.feed()
    assert [item.seq for item in await anext(feed)] == [1, 2]
    history.add(transaction(4))
    history.end()
    assert await seqs_of(feed) == [3, 4]


async def test_a_listener_waits_for_what_is_to_come() -> None:
    history = History([transaction(1)])
    listening = asyncio.create_task(seqs_of(history.feed(after_seq=1)))
    await asyncio.sleep(0)
    history.add(transaction(2, 3))
    history.end()
    assert await listening == [2, 3, 4]


async def test_coming_back_inside_a_transaction_gives_the_rest_of_it() -> None:
    history = History([transaction(1, 5)])
    history.end()
    assert await seqs_of(history.feed(after_seq=3)) == [4, 5]


async def test_a_stalled_listener_is_dropped_and_may_come_back() -> None:
    history = History([transaction(1)], longest_lag=3)
    feed = history.feed()
    await anext(feed)
    waiting = asyncio.create_task(seqs_of(feed))
    await asyncio.sleep(0)
    for seq in range(2, 7):
        history.add(transaction(seq))
    assert await waiting == []
    assert feed.dropped
    history.end()
    assert await seqs_of(history.feed(after_seq=1)) == [2, 3, 4, 5, 6]


async def test_a_long_backlog_drops_nobody() -> None:
    history = History([transaction(seq) for seq in range(1, 50)], longest_lag=3)
    feed = history.feed()
    history.add(transaction(50))
    history.end()
    assert await seqs_of(feed) == list(range(1, 51))


async def test_closing_a_feed_ends_whoever_waits_in_it() -> None:
    feed = History().feed()
    listening = asyncio.create_task(seqs_of(feed))
    await asyncio.sleep(0)
    feed.close()
    assert await listening == []


@given(st.lists(st.integers(1, 4), max_size=12), st.data())
def test_after_any_seq_comes_all_the_rest(sizes: list[int], data: st.DataObject) -> None:
    history, seq = History(), 1
    for size in sizes:
        history.add(transaction(seq, size))
        seq += size
    history.end()
    after = data.draw(st.integers(0, seq))
    assert asyncio.run(seqs_of(history.feed(after))) == list(range(after + 1, seq))

"""Everything recorded, handed to whoever listens: in order, exactly once, backlog then live.

A feed is a cursor over the one history that all share, so a slow listener holds no memory. One
that falls too far behind is closed: it comes back with the last seq it saw.
"""

import asyncio
from bisect import bisect_right
from collections.abc import AsyncIterator, Iterable, Iterator

from cyberex.facts.model import Recorded

Transaction = tuple[Recorded, ...]

LONGEST_LAG = 1_000
"""Transactions that a listener which once was up to date may fall behind."""


class Feed(AsyncIterator[Transaction]):
    """One listener's place in the history; iterate it, one transaction at a time.

    `dropped` tells a listener whose iteration ended that it had fallen behind.
    """

    def __init__(self, history: "History", after_seq: int) -> None:
        self._history = history
        self._after_seq = after_seq
        self._live = False
        self._news = asyncio.Event()
        self._open = True
        self.dropped = False

    async def __anext__(self) -> Transaction:
        while self._open:
            transaction = self._history.after(self._after_seq)
            if transaction:
                self._after_seq = transaction[-1].seq
                return transaction
            self._live = True
            if self._history.complete:
                break
            self._news.clear()
            await self._news.wait()
        self.close()
        raise StopAsyncIteration

    def close(self) -> None:
        """End the iteration, even of somebody who waits in it now."""
        self._open = False
        self._news.set()
        self._history.forget(self)

    def told(self) -> None:
        """Something was published, or nothing more will be."""
        if self._live and self._history.lag(self._after_seq) > self._history.longest_lag:
            self.dropped = True
            self.close()
        self._news.set()


class History:
    """Every transaction recorded so far, and those who listen."""

    def __init__(
        self, transactions: Iterable[Transaction] = (), *, longest_lag: int = LONGEST_LAG
    ) -> None:
        self._transactions = [item for item in transactions if item]
        self._last_seqs = [item[-1].seq for item in self._transactions]
        self._feeds: set[Feed] = set()
        self.longest_lag = longest_lag
        self.complete = False

    @property
    def last_seq(self) -> int:
        """0 when nothing is recorded yet."""
        return self._last_seqs[-1] if self._last_seqs else 0

    def __iter__(self) -> Iterator[Transaction]:
        return iter(self._transactions)

    def add(self, transaction: Transaction) -> None:
        """Publish what has just been recorded."""
        if not transaction:
            return
        self._transactions.append(transaction)
        self._last_seqs.append(transaction[-1].seq)
        self._tell()

    def end(self) -> None:
        """Nothing more will be published: feeds end once they have given everything."""
        self.complete = True
        self._tell()

    def feed(self, after_seq: int = 0) -> Feed:
        """What was recorded after `after_seq`, then what will be."""
        feed = Feed(self, after_seq)
        self._feeds.add(feed)
        return feed

    def after(self, seq: int) -> Transaction:
        """The first transaction that holds something after `seq`, without what is not; () if
        there is none."""
        place = bisect_right(self._last_seqs, seq)
        if place == len(self._transactions):
            return ()
        return tuple(item for item in self._transactions[place] if item.seq > seq)

    def lag(self, seq: int) -> int:
        """How many transactions stand after `seq`."""
        return len(self._last_seqs) - bisect_right(self._last_seqs, seq)

    def forget(self, feed: Feed) -> None:
        self._feeds.discard(feed)

    def _tell(self) -> None:
        for feed in tuple(self._feeds):
            feed.told()

"""A journal on disk as the documents want it: plan, board, texts, people."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cyberex.documents.game import PastGame, past_game
from cyberex.exercise.opening import plan_of
from cyberex.facts.model import TextRef
from cyberex.i18n import _
from cyberex.journal.reader import JournalReader
from cyberex.journal.verify import verify_chain


@contextmanager
def past_game_of(journal: Path) -> Iterator[PastGame]:
    """The exercise of a journal, readable until the block ends. UserError if it is none."""
    with JournalReader(journal) as reader:
        created = reader.created
        plan = plan_of(created, journal)

        def text(ref: TextRef) -> str:
            found = reader.text(ref) if ref else ""
            return _("[erased]") if found is None else found

        yield past_game(
            plan,
            created,
            list(reader.events()),
            text,
            reader.people(),
            chain_head=chain_head(journal),
        )


def chain_head(journal: Path) -> str:
    """The hash that a report notes down, so that a journal cut later on shows; "" if broken."""
    report = verify_chain(journal)
    return report.head.hash if report.ok and report.head else ""

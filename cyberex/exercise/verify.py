"""Is a journal whole, and would the same commands play the same game again?"""

from dataclasses import dataclass
from pathlib import Path

from cyberex.exercise.opening import created_from, plan_and_engine
from cyberex.exercise.replay import Difference, replay
from cyberex.facts.model import RULES
from cyberex.i18n import _
from cyberex.journal.reader import JournalReader
from cyberex.journal.verify import ChainReport, verify_chain


@dataclass(frozen=True, slots=True)
class VerifyReport:
    """`compared`: the game was played again; `difference` is the first thing that then differed.

    It is not compared when the chain is broken, when the journal was played by other rules
    (`rules`), or when it holds events that only a newer cyberex knows.
    """

    chain: ChainReport
    rules: int | None
    compared: bool
    difference: Difference | None = None

    @property
    def ok(self) -> bool:
        return self.chain.ok and self.difference is None

    def sentences(self) -> tuple[str, ...]:
        """What was found, as a person reads it: the chain, then the replay."""
        return (self.chain.sentence(), self._replay_sentence())

    def _replay_sentence(self) -> str:
        if self.difference is not None:
            return _(
                "replay differs at event {seq}: recorded {recorded}; replayed {replayed}."
            ).format(
                seq=self.difference.seq,
                recorded=self.difference.recorded or _("nothing"),
                replayed=self.difference.replayed or _("nothing"),
            )
        if self.compared:
            return _("replayed: the same game.")
        if self.rules not in (None, RULES):
            return _(
                "replay was not compared: played by rules {theirs}, this version has rules {ours}."
            ).format(theirs=self.rules, ours=RULES)
        return _("replay was not compared.")


def verify(path: Path) -> VerifyReport:
    """Check the chain, then play again and compare. UserError if `path` is no journal."""
    chain = verify_chain(Path(path))
    if not chain.ok or chain.unknown:
        return VerifyReport(chain, None, compared=False)
    with JournalReader(Path(path)) as reader:
        recorded = list(reader.events())
    created = created_from(recorded)
    if created.rules != RULES:
        return VerifyReport(chain, created.rules, compared=False)
    _plan, engine = plan_and_engine(created, Path(path))
    difference = replay(engine, recorded)
    return VerifyReport(chain, created.rules, compared=True, difference=difference)

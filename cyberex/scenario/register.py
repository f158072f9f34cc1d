"""Who is called what: every id of a scenario, where it is declared, and what is declared twice.

Ids that stand in the same place of the language share a family, so that a reader (and a
condition) never wonders which is meant.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from cyberex.i18n import _
from cyberex.problems import Problem, Severity
from cyberex.scenario.models import Expectation, Node, Scenario, StoryItem
from cyberex.scenario.naming import noun
from cyberex.scenario.source import PathTuple, SourceMap

MAX_PROBLEMS = 200

FAMILIES = (
    ("objectives",),
    ("cells", "roles", "actors"),
    ("channels",),
    ("sequences",),
    ("milestones", "decisions", "keys", "assets", "jumps", "stimuli", "reserve"),
)
# Words that conditions and recipients already use.
RESERVED = {"cells": ("all",), "roles": ("all",), "assets": ("key",), "stimuli": ("key",)}


@dataclass(slots=True)
class Findings:
    """The problems found so far; beyond MAX_PROBLEMS the author has enough to mend."""

    source: SourceMap
    problems: list[Problem] = field(default_factory=list)

    @property
    def full(self) -> bool:
        return len(self.problems) >= MAX_PROBLEMS

    def error(
        self, path: PathTuple, code: str, message: str, hint: str = "", *, key: bool = False
    ) -> None:
        if not self.full:
            self.problems.append(
                self.source.problem(path, code=code, message=message, hint=hint, key=key)
            )

    def warning(
        self, path: PathTuple, code: str, message: str, hint: str = "", *, key: bool = False
    ) -> None:
        if not self.full:
            self.problems.append(
                self.source.problem(
                    path, code=code, message=message, severity=Severity.WARNING, hint=hint, key=key
                )
            )


@dataclass(frozen=True, slots=True)
class Register:
    """Every declared id by collection (`register.ids["assets"]`), each decision's outcomes, and the
    ids declared more than once in one collection."""

    ids: dict[str, dict[str, int]]
    outcomes: dict[str, frozenset[str]]
    twice: frozenset[str] = frozenset()

    def home(self, name: str) -> str | None:
        """The collection that declares `name`, whatever it is; None if nothing does."""
        for collection, declared in self.ids.items():
            if name in declared:
                return collection
        return None


def register_of(scenario: Scenario) -> Register:
    """All ids; of two equal ones the first is kept, and `check_duplicates` tells the second."""
    ids: dict[str, dict[str, int]] = {}
    twice: set[str] = set()
    for family in FAMILIES:
        for collection in family:
            declared: dict[str, int] = {}
            for index, item in enumerate(getattr(scenario, collection)):
                if declared.setdefault(item.id, index) != index:
                    twice.add(item.id)
            ids[collection] = declared
    outcomes = {
        decision.id: frozenset(outcome.id for outcome in decision.outcomes)
        for decision in scenario.decisions
    }
    return Register(ids, outcomes, frozenset(twice))


def check_duplicates(scenario: Scenario, findings: Findings) -> None:
    """Each id given twice in a family, naming both places; and the reserved words."""
    for family in FAMILIES:
        _check_family(_declared(scenario, family), findings)
    for collection, words in RESERVED.items():
        for index, item in enumerate(getattr(scenario, collection)):
            if item.id in words:
                findings.error(
                    (collection, index, "id"),
                    "reserved-id",
                    _("'{id}' is a word of the language and cannot be an id").format(id=item.id),
                    _("choose another id"),
                )
    for index, decision in enumerate(scenario.decisions):
        _check_family(
            (
                ("outcomes", ("decisions", index, "outcomes", number, "id"), outcome.id)
                for number, outcome in enumerate(decision.outcomes)
            ),
            findings,
        )
    _check_family(
        (("expect", (*path, "id"), expectation.id) for path, expectation in expectations(scenario)),
        findings,
    )


def _declared(scenario: Scenario, family: tuple[str, ...]) -> Iterator[tuple[str, PathTuple, str]]:
    for collection in family:
        items: tuple[Node, ...] = getattr(scenario, collection)
        for index, item in enumerate(items):
            yield collection, (collection, index, "id"), item.id  # type: ignore[attr-defined]


def _check_family(declared: Iterator[tuple[str, PathTuple, str]], findings: Findings) -> None:
    first: dict[str, tuple[str, PathTuple]] = {}
    for collection, path, name in declared:
        if name not in first:
            first[name] = (collection, path)
            continue
        other, place = first[name]
        findings.error(
            path,
            "duplicate-id",
            _("id '{id}' is already used at {place} ({noun})").format(
                id=name, noun=noun(other), place=findings.source.place(place)
            ),
            _("give each its own id"),
        )


def items_of(scenario: Scenario) -> Iterator[tuple[PathTuple, StoryItem]]:
    """The stimuli then the reserve, each with its path."""
    for index, stimulus in enumerate(scenario.stimuli):
        yield ("stimuli", index), stimulus
    for index, item in enumerate(scenario.reserve):
        yield ("reserve", index), item


def expectations(scenario: Scenario) -> Iterator[tuple[PathTuple, Expectation]]:
    """Every expectation with its path."""
    for path, item in items_of(scenario):
        for number, expectation in enumerate(item.expect):
            yield (*path, "expect", number), expectation

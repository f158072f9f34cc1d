"""How are the things of a scenario called, in full and short? Harmless, one line."""

from collections.abc import Iterable
from functools import cached_property
from itertools import dropwhile

from cyberex.facts.people import Person
from cyberex.i18n import _, language
from cyberex.plan.model import Plan
from cyberex.times import format_fiction
from cyberex.wording.clean import clean_line

CHANNEL_SYMBOLS: dict[str, str] = {
    "phone": "☎",
    "sms": "▫",
    "email": "✉",
    "visit": "⇒",
    "document": "▤",
    "media": "◉",
    "radio": "⌁",
}
OTHER_CHANNEL_SYMBOL = "◦"
STOP_WORDS = "RÉEL, RÉEL, RÉEL"


class Names:
    """Names of one plan's things by id; an id nobody knows is shown as it is.

    `by_function`: people are called by what they do, never by their name (papers that go round).
    `stop_words`: what the facility says to stop all for real, "": the usual words.
    """

    def __init__(
        self,
        plan: Plan,
        people: Iterable[Person] = (),
        *,
        by_function: bool = False,
        stop_words: str = "",
    ) -> None:
        self.stop_words = clean_line(stop_words) or STOP_WORDS
        self._plan = plan
        self._by_function = by_function
        self._people = {person.id: person for person in people}

    def cell(self, cell: str) -> str:
        found = self._plan.cells.get(cell)
        return clean_line(found.title if found else cell)

    @cached_property
    def _short_cells(self) -> dict[str, str]:
        """Without the words that every cell bears: "Cellule de crise" is "Crise"."""
        found = {}
        for cell in self._plan.cells.values():
            words = clean_line(cell.title).split()
            if words and words[0].lower() in ("cellule", "cell", "salle"):
                words = [*dropwhile(lambda word: len(word) <= 2, words[1:])] or words
            short = " ".join(words) or cell.id
            found[cell.id] = short[:1].upper() + short[1:]
        return found

    def short_cell(self, cell: str) -> str:
        return self._short_cells.get(cell) or clean_line(cell)

    def role(self, role: str) -> str:
        found = self._plan.roles.get(role)
        return clean_line(found.title if found else role)

    def actor(self, actor: str) -> str:
        found = self._plan.actors.get(actor)
        if not actor:
            return _("somebody not in the directory")
        return clean_line(found.title if found else actor)

    def short_actor(self, actor: str) -> str:
        """The name without the function: "Mme Lenoir"."""
        return self.actor(actor).split(",")[0]

    def who(self, name: str) -> str:
        """A cell, a role, a person or everybody."""
        if name == "all":
            return _("all")
        if name in self._plan.roles:
            return self.role(name)
        if name in self._plan.cells:
            return self.cell(name)
        person = self._people.get(name)
        return self.person(person) if person else clean_line(name)

    def person(self, person: Person) -> str:
        """The name, or the function where names are not shown or not known."""
        if not self._by_function and person.name:
            return clean_line(person.name)
        if person.function:
            return clean_line(person.function)
        return self.role(person.role) if person.role else clean_line(person.id)

    def asker(self, by: str) -> str:
        """Who asked for something, as requests name them."""
        voice = next((item for item in self._people.values() if by and item.voice == by), None)
        if voice is not None:
            return self.person(voice)
        match by:
            case "director":
                return _("direction")
            case "portal":
                return _("the portal")
            case "mail":
                return _("mail")
            case "cyberex":
                return by
            case _:
                return self.who(by)

    def receivers(self, to: Iterable[str]) -> str:
        return ", ".join(
            self.short_cell(name) if name in self._plan.cells else self.who(name) for name in to
        )

    def channel(self, channel: str) -> str:
        found = self._plan.channels.get(channel)
        return clean_line(found.title if found else channel)

    def is_spoken(self, channel: str) -> bool:
        """Whether one talks by it, rather than writes."""
        found = self._plan.channels.get(channel)
        return found is not None and found.kind in ("phone", "radio")

    def channel_symbol(self, channel: str) -> str:
        found = self._plan.channels.get(channel)
        if found is None:
            return OTHER_CHANNEL_SYMBOL
        return CHANNEL_SYMBOLS.get(found.kind, OTHER_CHANNEL_SYMBOL)

    def asset(self, asset: str) -> str:
        found = self._plan.assets.get(asset)
        return clean_line(found.title if found else asset)

    def milestone(self, milestone: str) -> str:
        found = self._plan.milestones.get(milestone)
        return clean_line(found.title if found else milestone)

    def decision(self, decision: str) -> str:
        found = self._plan.decisions.get(decision)
        return clean_line(found.title if found else decision)

    def outcome(self, decision: str, outcome: str) -> str:
        found = self._plan.decisions.get(decision)
        chosen = found.outcomes.get(outcome) if found else None
        return clean_line(chosen.title if chosen else outcome)

    def key(self, key: str) -> str:
        found = self._plan.keys.get(key)
        return clean_line(found.title if found else key)

    def jump(self, jump: str) -> str:
        found = self._plan.jumps.get(jump)
        return clean_line(found.title if found else jump)

    def jump_or_hour(self, jump: str) -> str:
        """The jump's title, else the hour at which the fiction arrives."""
        found = self._plan.jumps.get(jump)
        if found is None or clean_line(found.title):
            return self.jump(jump)
        return format_fiction(found.to, language=language())

    def objective(self, objective: str) -> str:
        found = self._plan.objectives.get(objective)
        return clean_line(found.title if found else objective)

    def title(self, stimulus: str) -> str:
        """The author's title, "" for what was made up on the spot."""
        found = self._plan.stimuli.get(stimulus)
        return clean_line(found.title) if found else ""

    def handout(self, stimulus: str) -> str:
        """The number written on what it hands over, "" if it hands over nothing."""
        found = self._plan.stimuli.get(stimulus)
        return clean_line(found.handout) if found else ""

    def rooms(self, stimulus: str) -> str:
        """The cells that it reaches, each once."""
        found = self._plan.stimuli.get(stimulus)
        return self.receivers(dict.fromkeys(leg.cell for leg in found.legs) if found else ())

    def title_of_occurrence(self, occurrence: str) -> str:
        return self.title(occurrence.partition("#")[0])

    def code(self, occurrence: str) -> str:
        """`S01`, or `S01#2` for a second playing."""
        stimulus, _sep, number = clean_line(occurrence).partition("#")
        return stimulus.upper() if number in ("", "1") else f"{stimulus.upper()}#{number}"

    def expectation(self, expectation: str) -> str:
        found = self._plan.expectations.get(expectation)
        return clean_line(found[1].text if found else expectation)

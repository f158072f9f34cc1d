"""How are the things of a scenario called on a screen, in full and short? Harmless, one line."""

from collections.abc import Iterable
from functools import cached_property

from cyberex.console.clean import clean_line
from cyberex.console.palette import CHANNEL, OTHER_CHANNEL
from cyberex.facts.people import Person
from cyberex.i18n import _
from cyberex.plan.model import Plan


class Names:
    """Names of one plan's things by id; an id nobody knows is shown as it is."""

    def __init__(self, plan: Plan, people: Iterable[Person] = ()) -> None:
        self._plan = plan
        self._people = {person.id: person for person in people}

    def cell(self, cell: str) -> str:
        found = self._plan.cells.get(cell)
        return clean_line(found.title if found else cell)

    @cached_property
    def _short_cells(self) -> dict[str, str]:
        """Without the words that every cell bears: "Cellule de crise" is "Crise"."""
        found = {}
        for cell in self._plan.cells.values():
            words = [word for word in clean_line(cell.title).split() if len(word) > 2]
            while len(words) > 1 and words[0].lower() in ("cellule", "cell", "salle"):
                words = words[1:]
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
        return clean_line(person.name or person.function or name) if person else clean_line(name)

    def receivers(self, to: Iterable[str]) -> str:
        return ", ".join(
            self.short_cell(name) if name in self._plan.cells else self.who(name) for name in to
        )

    def channel(self, channel: str) -> str:
        found = self._plan.channels.get(channel)
        return clean_line(found.title if found else channel)

    def channel_symbol(self, channel: str) -> str:
        found = self._plan.channels.get(channel)
        return CHANNEL.get(found.kind, OTHER_CHANNEL) if found else OTHER_CHANNEL

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

    def objective(self, objective: str) -> str:
        found = self._plan.objectives.get(objective)
        return clean_line(found.title if found else objective)

    def code(self, occurrence: str) -> str:
        """`S01`, or `S01#2` for a second playing."""
        stimulus, _sep, number = clean_line(occurrence).partition("#")
        return stimulus.upper() if number in ("", "1") else f"{stimulus.upper()}#{number}"

    def expectation(self, expectation: str) -> str:
        found = self._plan.expectations.get(expectation)
        return clean_line(found[1].text if found else expectation)

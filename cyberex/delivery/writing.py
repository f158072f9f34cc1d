"""Who receives a stimulus by mail, and what does the letter say? Read from the game as it stands.

`files` gives the content of what the scenario attaches; nothing else is read.
"""

import asyncio
from collections.abc import Callable, Container, Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from email.message import EmailMessage
from pathlib import PurePosixPath

from cyberex.delivery.allowed import Addressee, AllowList
from cyberex.delivery.game import Game
from cyberex.delivery.messages import (
    Attached,
    Letter,
    Origin,
    simulated_attachment,
    stimulus_message,
)
from cyberex.delivery.settings import MailSettings
from cyberex.facts.people import Person
from cyberex.i18n import _
from cyberex.plan.model import PlannedStimulus
from cyberex.plan.texts import spoken
from cyberex.times import TimeError, format_fiction
from cyberex.wording.names import Names

Files = Callable[[str], bytes | None]
"""The content of a file of the scenario, by its path beside it; None if it cannot be read."""

LARGEST_ATTACHMENTS = 5_000_000
"""Together, in bytes: many servers stop at 10 MB once encoded."""


class Writing:
    """The letters of one exercise."""

    def __init__(
        self,
        game: Game,
        people: Iterable[Person],
        allowed: AllowList,
        settings: MailSettings,
        files: Files,
    ) -> None:
        self._game = game
        self._people = {person.id: person for person in people}
        self._allowed = allowed
        self._settings = settings
        self._files = files
        self._names = Names(game.plan, by_function=True)

    def origin(self, actor: str = "") -> Origin:
        """In whose name `actor` writes; "" is the exercise itself."""
        variables = self._game.created.scenario.get("variables") or {}
        return Origin(
            mailbox=self._settings.address_of(actor),
            exercise=self._game.created.exercise,
            structure=str(variables.get("structure", "")),
        )

    def receivers(self, cell: str, roles: Iterable[str] = ()) -> tuple[Addressee, ...]:
        """Who plays these roles, or anything in the cell if none is named; whoever takes over
        from somebody called away. Without those who have no address."""
        return self._reached(cell, tuple(roles), self._game.board.presence.absent)

    def reachable(self) -> Iterator[tuple[str, str]]:
        """Cells and roles to which mail may be opened, somebody called away or not: role "" where
        every role of the cell can be written to."""
        plan = self._game.plan
        for cell in plan.cells:
            roles = [role.id for role in plan.roles.values() if role.cell == cell]
            known = [role for role in roles if self._reached(cell, (role,), ())]
            if known != roles:
                yield from ((cell, role) for role in known)
            elif self._reached(cell, (), ()):
                yield cell, ""

    def letter(self, occurrence: str, cell: str, sim_ms: int) -> Letter | None:
        """What this cell gets of it; `sim_ms` is when it left. None if nobody knows it."""
        known = self._game.board.chronogram.letter(occurrence, cell)
        if known is None:
            return None
        planned = self._planned(occurrence)
        fiction = self._game.board.situation.fiction(sim_ms)
        text = self._game.text(known.text) if known.text else (planned.text if planned else "")
        title = self._game.text(known.title) if known.title else (planned.title if planned else "")
        with suppress(TimeError):  # typed by the director: sent as it stands
            text = spoken(text, fiction)
        return Letter(
            occurrence=occurrence,
            cell=cell,
            sender=self._names.actor(known.sender) if known.sender else "",
            title=title,
            text=text,
            hour=format_fiction(fiction, language=self._game.plan.language),
        )

    async def message(
        self, letter: Letter, actor: str, to: tuple[Addressee, ...], sent_at: datetime
    ) -> EmailMessage:
        """The whole of it, with its files: made in a thread, as these may be large or far."""
        return await asyncio.to_thread(self._message, letter, self.origin(actor), to, sent_at)

    def actor_of(self, occurrence: str, cell: str) -> str:
        """Who writes it, in the fiction."""
        known = self._game.board.chronogram.letter(occurrence, cell)
        return known.sender if known else ""

    def cell_of(self, person: str) -> str:
        """Where they play; "" for the animation."""
        known = self._people.get(person)
        return self._cell(known) if known else ""

    def is_mail(self, channel: str) -> bool:
        known = self._game.plan.channels.get(channel)
        return known is not None and known.kind == "email"

    def _planned(self, occurrence: str) -> PlannedStimulus | None:
        return self._game.plan.stimuli.get(occurrence.partition("#")[0])

    def _cell(self, person: Person) -> str:
        role = self._game.plan.roles.get(person.role)
        return role.cell if role else person.cell or person.role

    def _reached(
        self, cell: str, roles: tuple[str, ...], absent: Container[str]
    ) -> tuple[Addressee, ...]:
        found = [
            person.stand_in if person.role in absent else person.id
            for person in self._people.values()
            if person.task in ("", "player") and self._concerned(person, cell, roles)
        ]
        return self._allowed.all_of(found)

    def _concerned(self, person: Person, cell: str, roles: tuple[str, ...]) -> bool:
        """Somebody without a role of their own plays the whole cell."""
        if person.role in self._game.plan.roles and roles:
            return person.role in roles
        return self._cell(person) == cell

    def _message(
        self, letter: Letter, origin: Origin, to: tuple[Addressee, ...], sent_at: datetime
    ) -> EmailMessage:
        planned = self._planned(letter.occurrence)
        attached = self._attached(planned) if planned else ()
        return stimulus_message(replace(letter, attached=attached), origin, to, sent_at)

    def _attached(self, planned: PlannedStimulus) -> tuple[Attached, ...]:
        found, left = [], LARGEST_ATTACHMENTS
        for title, file in planned.attachments:
            content = self._files(file) if file else None
            if content is None or len(content) > left:
                found.append(simulated_attachment(title or file or _("attachment")))
                continue
            left -= len(content)
            found.append(Attached(PurePosixPath(file.replace("\\", "/")).name, content))
        return tuple(found)

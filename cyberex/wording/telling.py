"""What a sentence of the log is made with."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import tzinfo
from typing import Any

from cyberex.facts.model import TextRef
from cyberex.facts.stimulus_events import StimulusEvent
from cyberex.views.contacts import Contact
from cyberex.wording.names import Names

TextOf = Callable[[TextRef], str]
TitleOf = Callable[[str], str]
ContactOf = Callable[[str], Contact | None]


@dataclass(frozen=True, slots=True)
class Telling:
    """`title` gives an occurrence's title as it stands (an edited or made-up one too), `zone` is
    the room's, `contact` what is known of a call or a message of players."""

    names: Names
    text: TextOf
    title: TitleOf
    zone: tzinfo
    contact: ContactOf

    def stimulus(self, event: StimulusEvent) -> str:
        """Its code and its title: "S01 Ransom note"."""
        title = self.title(event.occurrence)
        code = self.names.code(event.occurrence)
        return f"{code} {title}" if title else code


Teller = Callable[[Any, Telling], str]

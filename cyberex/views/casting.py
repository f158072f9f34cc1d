"""Who voices whom now? As the scenario proposes, as reassigned since."""

from cyberex.facts.animation_events import VoiceAssigned
from cyberex.facts.model import Recorded
from cyberex.plan.model import Plan
from cyberex.views.fold import Fold


class Casting(Fold):
    """A voice is an animator's id; "" is nobody."""

    def __init__(self, plan: Plan) -> None:
        super().__init__()
        self._plan = plan
        self._actors: dict[str, str] = {}
        self._occurrences: dict[str, str] = {}
        self.on(VoiceAssigned, self._assigned)

    def voice_of(self, actor: str, occurrence: str = "") -> str:
        """Whoever was given this occurrence alone, else the actor's voice."""
        known = self._plan.actors.get(actor)
        proposed = known.played_by if known else ""
        return self._occurrences.get(occurrence) or self._actors.get(actor) or proposed

    def is_reassigned(self, actor: str, occurrence: str = "") -> bool:
        """Somebody else than the scenario proposes."""
        known = self._plan.actors.get(actor)
        return self.voice_of(actor, occurrence) != (known.played_by if known else "")

    def actors_of(self, voice: str) -> tuple[str, ...]:
        """Actors of this voice, in the author's order."""
        return tuple(actor for actor in self._plan.actors if self.voice_of(actor) == voice)

    def occurrences_of(self, voice: str) -> tuple[str, ...]:
        """Occurrences given to this voice alone, whoever their sender is."""
        return tuple(item for item, owner in self._occurrences.items() if owner == voice)

    @property
    def voices(self) -> tuple[str, ...]:
        """Every voice in use, those of the scenario first, without ""."""
        now = [self.voice_of(actor) for actor in self._plan.actors]
        return tuple(dict.fromkeys(voice for voice in (*now, *self._occurrences.values()) if voice))

    def _assigned(self, _: Recorded, event: VoiceAssigned) -> None:
        """An empty voice gives back what held before."""
        held = self._occurrences if event.occurrence else self._actors
        owner = event.occurrence or event.actor
        if event.voice:
            held[owner] = event.voice
        else:
            held.pop(owner, None)

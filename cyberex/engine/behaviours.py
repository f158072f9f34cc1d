"""What simulated actors do by themselves: reply when contacted, come back until satisfied."""

from cyberex.engine.agenda import COMES_BACK, REPLY
from cyberex.engine.game import Game
from cyberex.engine.occurrences import play_now
from cyberex.engine.state import ContactState, LegStatus, Status
from cyberex.facts.model import PlannedBy, TextRef
from cyberex.facts.world_events import (
    ContactLogged,
    ContactWithdrawn,
    ReplyDue,
    ReplyPlanned,
)
from cyberex.plan.model import MINUTE_MS, Actor, ComesBack


def log_contact(
    game: Game, contact: str, actor_id: str, cell: str, channel: str, text: TextRef
) -> None:
    """Players reached (or tried to reach) an actor: recorded, and the actor replies in time."""
    refused = bool(channel) and game.channel_is_down(channel)
    game.emit(
        ContactLogged(
            contact=contact, actor=actor_id, cell=cell, channel=channel, text=text, refused=refused
        )
    )
    actor = game.plan.actors.get(actor_id)
    state = ContactState(contact, actor_id, cell, channel, game.now_ms, refused)
    game.contacts[contact] = state

    def withdraw(_: bool) -> None:
        state.withdrawn = True
        for timer in state.timers:
            timer.cancel()
        game.emit(ContactWithdrawn(contact=contact))

    game.on_undo(withdraw)
    if refused or actor is None or actor.reply is None:
        return
    reply = actor.reply
    if not game.all_hold(reply.conditions):
        return
    delay = game.draw_ms(f"{actor.id}/reply", reply.low_ms, reply.high_ms)
    game.emit(ReplyPlanned(contact=contact, actor=actor.id, due_ms=game.now_ms + delay))

    def answer() -> None:
        if reply.play:
            play_now(game, game.stimuli[reply.play], PlannedBy.REPLY)
        else:
            game.emit(ReplyDue(contact=contact, actor=actor.id, cell=state.cell))

    state.timers.append(game.agenda.at(game.now_ms + delay, REPLY, answer))


def arm_comes_back(game: Game) -> None:
    """Have every actor who comes back wait for what sets them off."""
    for actor in game.plan.actors.values():
        if actor.comes_back is not None:
            _Insistence(game, actor, actor.comes_back).wait()


class _Insistence:
    """One actor coming back: how often it did, and when it will again."""

    def __init__(self, game: Game, actor: Actor, rule: ComesBack) -> None:
        self._game = game
        self._actor = actor
        self._rule = rule
        self._times = 0
        self._owner = f"{actor.id}/comes-back"

    def wait(self) -> None:
        self._game.watch(self._owner, (self._rule.after.fact,), self._begin)
        self._begin()

    def _begin(self) -> None:
        after = self._rule.after
        if self._game.holds(after.fact):
            self._game.unwatch(self._owner, (after.fact,))
            self._plan(self._game.draw_ms(self._owner, after.low_ms, after.high_ms))

    def _plan(self, delay_ms: int) -> None:
        self._game.agenda.at(self._game.now_ms + delay_ms, COMES_BACK, self._come)

    def _come(self) -> None:
        game, rule = self._game, self._rule
        if self._times >= rule.at_most or (rule.until and game.holds(rule.until)):
            return
        if self._has_a_call_waiting():
            # It yields: an actor who insists must not delay the calls the story needs.
            game.agenda.at(game.now_ms + MINUTE_MS, COMES_BACK, self._come)
            return
        self._times += 1
        play_now(game, game.stimuli[rule.play], PlannedBy.COMES_BACK)
        if self._times < rule.at_most:
            self._plan(rule.every_ms)

    def _has_a_call_waiting(self) -> bool:
        """A call waits for this actor's voice."""
        game = self._game
        voice = game.voices.get(self._actor.id) or self._actor.played_by or self._actor.id
        return any(
            occurrence.status is Status.LEFT
            and game.voice_of(occurrence) == voice
            and any(leg.status is LegStatus.TO_PERFORM for leg in occurrence.legs.values())
            for occurrence in game.occurrences.values()
        )

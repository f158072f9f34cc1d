"""Which pages a transaction changes, and whose it leaves alone."""

import pytest

from cyberex.facts.animation_events import ItemTicked
from cyberex.facts.delivery_events import CellLineWritten, StimulusLeaving
from cyberex.facts.exercise_events import ExercisePaused, JumpMade, TextErased
from cyberex.facts.model import (
    AccessKind,
    CellLineKind,
    Event,
    NoteKind,
    Outbox,
    Recorded,
    SkipReason,
    TextRef,
)
from cyberex.facts.stimulus_events import (
    ExpectationExpired,
    ExpectationOpened,
    StimulusDelivered,
    StimulusPlanned,
    StimulusSkipped,
    StimulusToPerform,
)
from cyberex.facts.world_events import ChannelDown, ContactLogged, ContactWithdrawn, NoteAdded
from cyberex.plan.build import plan_from_json
from cyberex.portal.audience import Audience, Concerns, Topic
from cyberex.scenario.load import scenario_of_text
from cyberex.scenario.models import scenario_to_json
from tests.portal.house import NINE, SCENARIO

NONE = TextRef("")
PLAYER = Audience(AccessKind.PLAYER, "crisis")
OTHER = Audience(AccessKind.PLAYER, "care")
IT = Audience(AccessKind.PLAYER, "crisis", "it")
DIRECTION = Audience(AccessKind.PLAYER, "crisis", "dir")
OBSERVER = Audience(AccessKind.OBSERVER, "crisis")
ANIMATOR = Audience(AccessKind.ANIMATOR, voice="animator-1")
WALL = Audience(AccessKind.WALL)
EVERYBODY = (PLAYER, OTHER, IT, DIRECTION, OBSERVER, ANIMATOR, WALL)

LEAVING = StimulusLeaving(
    stimulus="s01", occurrence="s01#1", cell="crisis", roles=("it",), channel="mail",
    outbox=Outbox.PORTAL,
)  # fmt: skip
DELIVERED = StimulusDelivered(stimulus="s01", occurrence="s01#1", cell="crisis", channel="mail")
ON_TV = StimulusDelivered(stimulus="s02", occurrence="s02#1", cell="care", channel="tv")


def concerned(*events: Event) -> dict[Audience, tuple[Topic, ...]]:
    """What the last event changes for whom, those it leaves alone left out."""
    loaded = scenario_of_text(SCENARIO)
    assert loaded.scenario is not None
    concerns = Concerns(plan_from_json(scenario_to_json(loaded.scenario), NINE))
    transactions = [
        (Recorded(seq, 0, "2026-01-12T08:00:00.000Z", "clock", event),)
        for seq, event in enumerate(events, 1)
    ]
    for transaction in transactions:
        concerns.learn(transaction)
    found = {who: concerns.topics(transactions[-1], who) for who in EVERYBODY}
    return {who: topics for who, topics in found.items() if topics}


def test_a_pause_concerns_everybody() -> None:
    assert concerned(ExercisePaused()) == dict.fromkeys(EVERYBODY, (Topic.STATE,))


def test_what_reaches_a_role_concerns_its_cell_and_that_role_alone() -> None:
    found = concerned(LEAVING, DELIVERED)
    assert found.pop(ANIMATOR) == (Topic.CALLS,)
    assert found == dict.fromkeys((PLAYER, IT, OBSERVER), (Topic.INBOX,))


def test_what_reaches_a_whole_cell_concerns_each_of_its_roles() -> None:
    to_all = StimulusToPerform(
        stimulus="s01", occurrence="s01#1", cell="crisis", roles=(), channel="mail"
    )
    assert {PLAYER, IT, DIRECTION} <= set(concerned(to_all, DELIVERED))


@pytest.mark.parametrize(
    "event",
    [
        LEAVING,
        StimulusPlanned(stimulus="s01", occurrence="s01#1", due_ms=1),
        StimulusSkipped(stimulus="s01", occurrence="s01#1", reason=SkipReason.DIRECTOR),
    ],
)
def test_what_is_only_planned_concerns_animators_alone(event: Event) -> None:
    assert set(concerned(event)) == {ANIMATOR}


def test_only_what_the_media_say_concerns_the_wall() -> None:
    assert concerned(ON_TV)[WALL] == (Topic.WALL,)
    assert WALL not in concerned(LEAVING, DELIVERED)


def test_an_expectation_concerns_no_player() -> None:
    opened = ExpectationOpened(
        stimulus="s01", occurrence="s01#1", expectation="s01-facts", cell="crisis", deadline_ms=9
    )
    expired = ExpectationExpired(stimulus="s01", occurrence="s01#1", expectation="s01-facts")
    for events in ((opened,), (opened, expired)):
        assert concerned(*events) == {
            OBSERVER: (Topic.EXPECTATIONS,),
            ANIMATOR: (Topic.CALLS,),
        }


def test_a_cell_s_own_log_concerns_it_and_its_observers() -> None:
    written = CellLineWritten(line="l1", cell="crisis", kind=CellLineKind.FACT, text=NONE)
    assert concerned(written) == dict.fromkeys((PLAYER, IT, DIRECTION, OBSERVER), (Topic.LOG,))


def test_what_a_cell_wrote_to_an_actor_concerns_it_and_the_animation() -> None:
    logged = ContactLogged(
        contact="c1", actor="nurse", cell="crisis", channel="mail", text=NONE, refused=False
    )
    withdrawn = ContactWithdrawn(contact="c1")
    for events in ((logged,), (logged, withdrawn)):
        found = concerned(*events)
        assert found.pop(ANIMATOR) == (Topic.CONTACTS, Topic.CALLS)
        assert found == dict.fromkeys((PLAYER, IT, DIRECTION, OBSERVER), (Topic.CONTACTS,))


def test_a_dead_channel_is_felt_by_every_player() -> None:
    found = concerned(ChannelDown(channel="mail"))
    assert found[PLAYER] == found[OTHER] == (Topic.CHANNELS,)


def test_a_note_of_a_cell_concerns_no_player() -> None:
    note = NoteAdded(note="n1", text=NONE, kind=NoteKind.FACT, cell="crisis")
    assert set(concerned(note)) == {OBSERVER, ANIMATOR}


def test_an_observed_criterion_concerns_the_observers_of_its_cell() -> None:
    assert set(concerned(ItemTicked(item="observe/crisis/calm", done=True))) == {OBSERVER}
    assert concerned(ItemTicked(item="observe/care/calm", done=True)) == {}


def test_a_jump_hands_out_its_bulletin() -> None:
    made = JumpMade(jump="a01", fiction="2026-01-12T14:00:00", variant=0)
    found = concerned(made)
    assert found[PLAYER] == found[OTHER] == (Topic.STATE, Topic.INBOX)
    assert found[WALL] == (Topic.STATE, Topic.WALL)


def test_an_erased_text_is_read_nowhere_any_more() -> None:
    assert concerned(TextErased(texts=())) == dict.fromkeys(EVERYBODY, tuple(Topic))

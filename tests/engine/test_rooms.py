"""Who may look, who claims a call, who answers in writing, what a cell writes for itself."""

import pytest

from cyberex.facts import commands as ask
from cyberex.facts import delivery_commands as out
from cyberex.facts.model import AccessKind, CallOutcome, CellLineKind
from tests.engine.conftest import Seat
from tests.engine.table import said

CALL = "stimuli: [{id: s1, at: T+5}]"


def grant(name: str, **fields: str) -> out.GrantAccess:
    return out.GrantAccess(grant=name, digest=f"digest of {name}", kind=AccessKind.PLAYER, **fields)


def claim(voice: str) -> out.ClaimCall:
    return out.ClaimCall(stimulus="s1", voice=voice)


def line(**fields: str) -> out.WriteCellLine:
    return out.WriteCellLine(
        **{"cell": "crisis", "kind": CellLineKind.ACTION, "text": said("t")} | fields  # type: ignore[arg-type]
    )


def test_an_access_is_given_once_and_taken_back_once(table: Seat) -> None:
    played = table(CALL)
    played.ask(grant("g1", cell="crisis"))
    assert played.refusal(grant("g1", cell="crisis")) == "already-granted"
    played.ask(out.RevokeAccess(grant="g1"))
    assert played.refusal(out.RevokeAccess(grant="g1")) == "unknown-access"
    assert played.refusal(out.RevokeAccess(grant="g2")) == "unknown-access"


def test_a_player_has_a_room(table: Seat) -> None:
    assert table(CALL).refusal(grant("g1")) == "which-room"


def test_a_role_is_granted_in_its_own_cell_only(table: Seat) -> None:
    assert table(CALL).refusal(grant("g1", cell="care", role="it")) == "unknown-role"


def test_access_may_be_taken_back_in_a_real_stop(table: Seat) -> None:
    played = table(CALL)
    played.ask(grant("g1", cell="crisis"))
    played.ask(ask.CallRealStop())
    assert played.ask(out.RevokeAccess()) == ["T+0 access.revoked"]


def test_a_call_is_claimed_by_one_animator_at_a_time(table: Seat) -> None:
    played = table(CALL)
    played.at(5, claim("a1"))
    assert played.refusal(claim("a2")) == "already-claimed"
    assert played.ask(out.ReleaseClaim(stimulus="s1", lapsed=True)) == [
        "T+5 unclaimed s1#1 crisis lapsed=True"
    ]
    assert played.ask(claim("a2")) == ["T+5 claimed s1#1 crisis voice=a2"]


def test_a_claim_ends_with_the_call(table: Seat) -> None:
    played = table(CALL)
    played.at(5, claim("a1"))
    played.ask(ask.EndCall(stimulus="s1", outcome=CallOutcome.BUSY))
    assert played.refusal(out.ReleaseClaim(stimulus="s1")) == "not-claimed"


def test_a_written_answer_leaves_as_the_actor_and_settles_the_contact(table: Seat) -> None:
    played = table(CALL)
    played.ask(ask.LogContact(actor="press", cell="crisis", text=said("q")), name="c1")
    answer = out.ReplyToContact(contact="c1", via="email", title=said("t"), text=said("x"))
    assert played.ask(answer) == [
        "T+0 composed x01#1 sender=press to=crisis via=email title=t text=x",
        "T+0 planned x01#1 due=T+0 why=reply",
        "T+0 contact.answered contact=c1",
        "T+0 due x01#1",
        "T+0 to_perform x01#1 crisis email",
    ]


@pytest.mark.parametrize(
    ("contact", "via", "text", "code"),
    [
        ("nobody", "email", "x", "unknown-contact"),
        ("no-cell", "email", "x", "contact-of-nobody"),
        ("c1", "phone", "x", "not-a-message"),
        ("c1", "pigeon", "x", "unknown-channel"),
        ("c1", "email", "", "empty-text"),
    ],
)
def test_an_answer_that_cannot_be_written_is_refused(
    table: Seat, contact: str, via: str, text: str, code: str
) -> None:
    played = table(CALL)
    played.ask(ask.LogContact(actor="press", cell="crisis"), name="c1")
    played.ask(ask.LogContact(actor="press"), name="no-cell")
    answer = out.ReplyToContact(contact=contact, via=via, title=said(""), text=said(text))
    assert played.refusal(answer) == code


def test_whoever_is_not_in_the_directory_is_answered_as_an_actor_of_the_game(table: Seat) -> None:
    played = table(CALL)
    played.ask(ask.LogContact(actor="", cell="crisis"), name="c1")
    answer = out.ReplyToContact(contact="c1", via="email", title=said(""), text=said("x"))
    assert played.refusal(answer) == "unknown-actor"


def test_a_cell_writes_an_action_with_who_and_when(table: Seat) -> None:
    assert table(CALL).ask(line(owner=said("o"), due="10:30", role="it"), name="l1") == [
        "T+0 cell_log.written line=l1 crisis kind=action text=t role=it owner=o due=10:30"
    ]


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"cell": "moon"}, "unknown-cell"),
        ({"role": "nurse"}, "unknown-role"),
        ({"text": ""}, "empty-text"),
        ({"due": "24:00"}, "bad-hour"),
        ({"due": "10:30\n"}, "bad-hour"),
    ],
)
def test_a_line_that_makes_no_sense_is_refused(
    table: Seat, fields: dict[str, str], code: str
) -> None:
    assert table(CALL).refusal(line(**fields)) == code


def test_a_cell_writes_nothing_in_a_real_stop(table: Seat) -> None:
    played = table(CALL)
    played.ask(ask.CallRealStop())
    assert played.refusal(line()) == "real-stop"

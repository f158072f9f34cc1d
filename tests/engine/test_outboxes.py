"""What leaves without an animator: the portal, the mail server, and what comes back from them."""

from cyberex.facts import commands as ask
from cyberex.facts import delivery_commands as out
from cyberex.facts.model import CallOutcome, GapAnswer, Outbox, TestWay, Tick
from tests.engine.conftest import Seat
from tests.engine.table import Table

PORTAL = out.OpenOutbox(outbox=Outbox.PORTAL, cell="crisis", kinds=("email",))
MAIL = out.OpenOutbox(outbox=Outbox.MAIL, cell="crisis", kinds=("email",))
CLOSED = out.CloseOutbox(outbox=Outbox.PORTAL)
CUT = ask.SetAsset(asset="mails", down=True)
ONE = "stimuli: [{id: s1, at: T+5, via: email}]"
ATTEMPT = out.AttemptDelivery(stimulus="s1", cell="crisis", message="<1@x>")
SENT = out.ReportSent(stimulus="s1", cell="crisis")
DOUBT = out.ReportDoubt(stimulus="s1", cell="crisis")
WITH_EXPECTATION = """\
stimuli:
  - {id: s1, at: T+5, via: email, expect: [{id: e1, text: Ils lisent, within: 5 min}]}
"""


def fails(*, again: bool) -> out.ReportFailure:
    return out.ReportFailure(stimulus="s1", cell="crisis", code="451", again=again)


def by_mail(played: Table) -> Table:
    """Mail is open: tested, confirmed."""
    played.ask(out.StartContactTest(people=("p1",)))
    played.ask(out.ConfirmMail())
    played.ask(MAIL)
    return played


def test_what_is_written_reaches_the_portal_by_itself(table: Seat) -> None:
    played = table(ONE)
    played.ask(PORTAL)
    assert played.until(5) == [
        "T+5 due s1#1",
        "T+5 leaving s1#1 crisis email outbox=portal",
        "T+5 delivered s1#1 crisis email",
    ]


def test_a_cell_without_portal_still_has_an_animator(table: Seat) -> None:
    played = table("stimuli: [{id: s1, at: T+5, via: email, to: [it, nurse]}]")
    played.ask(PORTAL)
    assert "T+5 to_perform s1#1 care email" in played.until(5)


def test_calls_never_leave_by_themselves(table: Seat) -> None:
    played = table("stimuli: [{id: s1, at: T+5}]")
    played.ask(PORTAL)
    assert played.until(5, "leaving") == []
    phone = out.OpenOutbox(outbox=Outbox.PORTAL, cell="crisis", kinds=("phone",))
    assert played.refusal(phone) == "not-a-message"


def test_a_portal_open_for_one_role_leaves_the_others_to_animators(table: Seat) -> None:
    played = table(
        "stimuli: [{id: s1, at: T+5, via: email}, {id: s2, at: T+6, via: email, to: [dir]}]"
    )
    played.ask(out.OpenOutbox(outbox=Outbox.PORTAL, cell="crisis", kinds=("email",), role="it"))
    assert played.until(6, "leaving", "to_perform") == [
        "T+5 leaving s1#1 crisis email outbox=portal",
        "T+6 to_perform s2#1 crisis email",
    ]


def test_what_the_portal_showed_cannot_be_undone(table: Seat) -> None:
    played = table("stimuli: [{id: s1, at: T+50, via: email}]")
    played.ask(PORTAL)
    played.ask(ask.FireStimulus(stimulus="s1"), name="fire")
    assert played.refusal(ask.Undo(undoes="fire")) == "not-undoable"


def test_what_nobody_read_on_a_portal_that_dies_goes_to_the_call_sheets(table: Seat) -> None:
    played = table(WITH_EXPECTATION)
    played.ask(PORTAL)
    played.until(6)
    assert played.ask(CLOSED) == [
        "T+6 outbox.closed outbox=portal",
        "T+6 delivery_withdrawn s1#1 crisis",
        "T+6 expectation.withdrawn s1#1 e1 deadline=T+10",
        "T+6 to_perform s1#1 crisis email",
    ]
    played.until(8)
    assert played.done("s1", "crisis") == [
        "T+8 delivered s1#1 crisis email",
        "T+8 expectation.opened s1#1 e1 deadline=T+13",
    ]


def test_what_was_read_stays_delivered_when_the_portal_dies(table: Seat) -> None:
    played = table(ONE)
    played.ask(PORTAL)
    played.until(6)
    played.ask(ask.Acknowledge(stimulus="s1", cell="crisis"))
    assert played.ask(CLOSED) == ["T+6 outbox.closed outbox=portal"]


def test_what_was_seen_of_the_players_stays_when_the_portal_dies(table: Seat) -> None:
    played = table(WITH_EXPECTATION)
    played.ask(PORTAL)
    played.until(6)
    played.ask(ask.TickExpectation(expectation="e1", result=Tick.SEEN))
    assert "expectation.withdrawn" not in " ".join(played.ask(CLOSED))


def test_effects_are_not_applied_twice_when_it_comes_back(table: Seat) -> None:
    played = table("stimuli: [{id: s1, at: T+5, via: email, effects: {network: down}}]")
    played.ask(PORTAL)
    played.until(5)
    played.ask(ask.SetAsset(asset="network", down=False))
    played.ask(CLOSED)
    assert played.done("s1") == ["T+5 delivered s1#1 crisis email"]


def test_nothing_comes_back_after_finex(table: Seat) -> None:
    played = table(ONE)
    played.ask(PORTAL)
    played.until(6)
    played.ask(ask.GiveFinex())
    assert played.ask(CLOSED) == ["T+6 outbox.closed outbox=portal"]


def test_a_portal_may_die_in_a_real_stop(table: Seat) -> None:
    played = table(ONE)
    played.ask(PORTAL)
    played.until(6)
    played.ask(ask.CallRealStop())
    assert played.ask(CLOSED, "to_perform") == ["T+6 to_perform s1#1 crisis email"]


def test_a_call_that_comes_back_while_the_machine_slept_does_not_leave_by_itself(
    table: Seat,
) -> None:
    played = table("stimuli: [{id: s1, at: T+5, via: email}]")
    played.until(5)
    played.ask(ask.EndCall(stimulus="s1", outcome=CallOutcome.BUSY))
    played.ask(PORTAL)
    played.ask(ask.ReportGap(gap_ms=10 * 60_000))
    answered = played.ask(ask.AnswerGap(answer=GapAnswer.PLAYED), "leaving", "to_perform")
    assert answered == ["T+15 to_perform s1#1 crisis email"]


def test_a_message_ordered_in_a_pause_leaves_at_resume(table: Seat) -> None:
    played = table("stimuli: [{id: s1, at: T+50, via: email}]")
    played.ask(PORTAL)
    played.at(5, ask.Pause())
    assert played.ask(ask.FireStimulus(stimulus="s1"), "leaving") == []
    assert played.ask(ask.Resume(), "leaving") == ["T+5 leaving s1#1 crisis email outbox=portal"]


def test_mail_opens_only_once_its_test_was_confirmed(table: Seat) -> None:
    played = table(ONE)
    assert played.refusal(MAIL) == "mail-not-confirmed"
    assert played.refusal(out.ConfirmMail()) == "no-contact-test"
    by_mail(played)
    assert played.refusal(out.ConfirmMail()) == "already-confirmed"


def test_mail_is_delivered_when_the_server_took_it(table: Seat) -> None:
    played = by_mail(table(ONE))
    assert played.until(5, "leaving", "delivered") == ["T+5 leaving s1#1 crisis email outbox=mail"]
    played.ask(ATTEMPT)
    assert played.at(6, SENT) == [
        "T+6 delivery.succeeded s1#1 crisis attempt=1",
        "T+6 delivered s1#1 crisis email",
    ]


def test_mail_goes_before_the_portal(table: Seat) -> None:
    played = by_mail(table(ONE))
    played.ask(PORTAL)
    assert played.until(5, "leaving") == ["T+5 leaving s1#1 crisis email outbox=mail"]


def test_no_attempt_begins_in_a_pause_or_a_real_stop(table: Seat) -> None:
    played = by_mail(table(ONE))
    played.at(5, ask.Pause())
    assert played.refusal(ATTEMPT) == "paused"
    played.ask(ask.CallRealStop())
    assert played.refusal(ATTEMPT) == "real-stop"


def test_the_fate_of_an_attempt_is_recorded_even_in_a_real_stop(table: Seat) -> None:
    played = by_mail(table(ONE))
    played.at(5, ATTEMPT)
    played.ask(ask.CallRealStop())
    assert "T+5 delivered s1#1 crisis email" in played.ask(SENT)


def test_a_failure_that_will_be_tried_again_waits_for_the_next_attempt(table: Seat) -> None:
    played = by_mail(table(ONE))
    played.at(5, ATTEMPT)
    assert played.ask(fails(again=True)) == [
        "T+5 delivery.failed s1#1 crisis attempt=1 code=451 again=True"
    ]
    assert played.ask(ATTEMPT) == ["T+5 delivery.attempted s1#1 crisis attempt=2 message=<1@x>"]


def test_a_failure_for_good_waits_for_the_director(table: Seat) -> None:
    played = by_mail(table(ONE))
    played.at(5, ATTEMPT)
    played.ask(fails(again=False))
    assert played.refusal(ATTEMPT) == "nothing-leaving"
    assert played.ask(out.Resend(stimulus="s1")) == [
        "T+5 delivery.resent s1#1 crisis",
        "T+5 leaving s1#1 crisis email outbox=mail",
    ]


def test_what_failed_may_be_handed_to_an_animator(table: Seat) -> None:
    played = by_mail(table(ONE))
    played.at(5, ATTEMPT)
    played.ask(fails(again=False))
    assert played.ask(ask.ChooseChannel(stimulus="s1", channel="email")) == [
        "T+5 to_perform s1#1 crisis email"
    ]
    assert played.ask(ask.ChooseChannel(stimulus="s1", channel="mobile")) == [
        "T+5 to_perform s1#1 crisis mobile instead_of=email"
    ]


def test_a_doubt_is_never_sent_again_by_itself(table: Seat) -> None:
    played = by_mail(table(ONE))
    played.at(5, ATTEMPT)
    assert played.ask(DOUBT) == ["T+5 delivery.uncertain s1#1 crisis attempt=1"]
    assert played.refusal(ATTEMPT) == "nothing-leaving"
    assert played.until(50) == []


def test_a_doubt_ends_when_somebody_says_that_it_arrived(table: Seat) -> None:
    played = by_mail(table(ONE))
    played.at(5, ATTEMPT)
    played.ask(DOUBT)
    assert "T+5 delivered s1#1 crisis email" in played.ask(SENT)


def test_what_is_being_sent_is_neither_skipped_nor_given_away(table: Seat) -> None:
    played = by_mail(table(ONE))
    played.at(5, ATTEMPT)
    assert played.refusal(ask.SkipStimulus(stimulus="s1")) == "is-leaving"
    assert played.refusal(ask.ChooseChannel(stimulus="s1", channel="mobile")) == "is-leaving"
    assert played.refusal(ask.HoldStimulus(stimulus="s1")) == "already-left"


def test_what_waits_to_be_sent_may_be_held(table: Seat) -> None:
    played = by_mail(table(ONE))
    played.at(5, ask.HoldStimulus(stimulus="s1"))
    assert played.refusal(ATTEMPT) == "nothing-leaving"
    assert played.ask(ask.ReleaseStimulus(stimulus="s1"), "leaving") == [
        "T+5 leaving s1#1 crisis email outbox=mail"
    ]


def test_mail_that_falls_before_its_attempt_goes_by_another_way(table: Seat) -> None:
    played = by_mail(table("stimuli: [{id: s1, at: T+5, via: email, if_down: ask}]"))
    played.until(5)
    assert played.ask(CUT, "blocked") == ["T+5 blocked s1#1 crisis email ask=True"]


def test_mail_accepted_after_finex_changes_nothing_but_the_record(table: Seat) -> None:
    played = by_mail(table(ONE))
    played.at(5, ATTEMPT)
    played.ask(ask.GiveFinex())
    assert played.ask(SENT) == ["T+5 delivery.succeeded s1#1 crisis attempt=1"]


def test_a_test_is_received_once(table: Seat) -> None:
    played = table(ONE)
    received = out.ReportTestReceived(person="p1", way=TestWay.MAIL)
    assert played.refusal(received) == "no-contact-test"
    played.ask(out.StartContactTest(people=("p1",)))
    assert played.ask(received) == ["T+0 contact_test.received person=p1 way=mail"]
    assert played.refusal(received) == "nothing-to-change"

"""Random commands on what leaves by itself, for the house of `table`."""

from hypothesis import strategies as st

from cyberex.facts import delivery_commands as ask
from cyberex.facts.model import AccessKind, CellLineKind, Command, Outbox, TestWay
from tests.engine.table import said

NAMES = [*(f"s{number}" for number in range(6)), "s0#1", "s1#2", "spare", "x01", "nobody"]
STIMULUS = st.sampled_from(NAMES)
CELL = st.sampled_from(["", "crisis", "care"])
OUTBOX = st.sampled_from(Outbox)
CONTACT = st.integers(0, 30).map(lambda number: f"r{number}")
WAY = st.sampled_from(TestWay)

OUTGOING: st.SearchStrategy[Command] = st.one_of(
    st.builds(
        ask.OpenOutbox,
        outbox=OUTBOX,
        cell=CELL,
        kinds=st.sampled_from([("email",), ("email", "sms"), ("phone",), ()]),
        role=st.sampled_from(["", "it", "nurse"]),
    ),
    st.builds(ask.CloseOutbox, outbox=OUTBOX, cell=CELL),
    st.just(ask.StartContactTest(people=("p1",))),
    st.just(ask.ConfirmMail()),
    st.builds(ask.AttemptDelivery, stimulus=STIMULUS, cell=CELL, message=st.just("<m>")),
    st.builds(ask.ReportSent, stimulus=STIMULUS, cell=CELL),
    st.builds(
        ask.ReportFailure, stimulus=STIMULUS, cell=CELL, code=st.just("451"), again=st.booleans()
    ),
    st.builds(ask.ReportDoubt, stimulus=STIMULUS, cell=CELL),
    st.builds(ask.Resend, stimulus=STIMULUS, cell=CELL),
    st.builds(ask.ReportTestReceived, person=st.just("p1"), way=WAY),
    st.builds(
        ask.GrantAccess,
        grant=st.sampled_from(["g1", "g2"]),
        digest=st.just("d"),
        kind=st.sampled_from(AccessKind),
        cell=CELL,
    ),
    st.builds(ask.RevokeAccess, grant=st.sampled_from(["", "g1"])),
    st.builds(ask.ClaimCall, stimulus=STIMULUS, cell=CELL, voice=st.sampled_from(["", "a1", "a2"])),
    st.builds(ask.ReleaseClaim, stimulus=STIMULUS, cell=CELL, lapsed=st.booleans()),
    st.builds(
        ask.ReplyToContact,
        contact=CONTACT,
        via=st.sampled_from(["email", "phone", "nowhere"]),
        title=st.just(said("t")),
        text=st.sampled_from([said("x"), said("")]),
    ),
    st.builds(
        ask.WriteCellLine,
        cell=CELL,
        kind=st.sampled_from(CellLineKind),
        text=st.just(said("x")),
        due=st.sampled_from(["", "10:30", "25:00"]),
    ),
)

"""What a message that came in answers, whatever it claims to be."""

from email.message import EmailMessage
from email.policy import SMTP
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cyberex.delivery.allowed import AllowList
from cyberex.delivery.answers import (
    LONGEST_TEXT,
    About,
    AboutTest,
    Ignored,
    Reply,
    TestReply,
    trimmed,
    understood,
)
from cyberex.facts.model import TestWay
from cyberex.facts.people import Person

ALLOWED = AllowList(
    [
        Person(id="p1", email="it@chu.example", cell="crisis"),
        Person(id="p2", email="it@chu.example", cell="care"),
        Person(id="p3", email="dir@chu.example", cell="crisis"),
    ]
)
CELLS = {"p1": "crisis", "p2": "care", "p3": "crisis"}
SENT: dict[str, About | AboutTest] = {
    "<cyberex.1@chu.example>": About("s01#1", "care", "cert"),
    "<cyberex.2@chu.example>": AboutTest("p3", TestWay.ATTACHMENT),
}


def actor_at(address: str) -> str:
    return "press" if address == "exercice+press@chu.example" else ""


def read(message: EmailMessage | bytes) -> Reply | TestReply | Ignored:
    raw = message if isinstance(message, bytes) else message.as_bytes()
    return understood(raw, SENT, ALLOWED, actor_at, lambda person: CELLS[person])


def answer(text: str = "Nous coupons.", **headers: str) -> EmailMessage:
    message = EmailMessage(policy=SMTP)
    given = {
        "From": "Anne <IT@chu.example>",
        "To": "exercice@chu.example",
        "Message-ID": "<a1@chu.example>",
        "In-Reply-To": "<cyberex.1@chu.example>",
        **{name.replace("_", "-"): value for name, value in headers.items()},
    }
    for name, value in given.items():
        if value:
            message[name] = value
    message.set_content(text)
    return message


def test_an_answer_is_the_message_of_the_player_to_the_actor_who_wrote() -> None:
    found = read(answer())
    assert isinstance(found, Reply)
    assert (found.person, found.actor, found.occurrence, found.cell, found.text) == (
        "p2", "cert", "s01#1", "care", "Nous coupons.",
    )  # fmt: skip


def test_of_two_people_at_one_address_it_is_the_one_of_the_cell() -> None:
    found = read(answer())
    assert isinstance(found, Reply)
    assert found.person == "p2"


def test_the_same_message_read_twice_has_the_same_key() -> None:
    first, again, other = read(answer()), read(answer()), read(answer(Message_ID="<a2@x.example>"))
    assert isinstance(first, Reply)
    assert isinstance(again, Reply)
    assert isinstance(other, Reply)
    assert first.key == again.key != other.key


def test_an_answer_further_down_a_thread_is_found_by_its_references() -> None:
    found = read(
        answer(In_Reply_To="<b@chu.example>", References="<cyberex.1@chu.example> <b@chu.example>")
    )
    assert isinstance(found, Reply)
    assert found.actor == "cert"


def test_a_message_to_an_actors_alias_is_for_that_actor() -> None:
    found = read(answer(In_Reply_To="", To="Presse <exercice+press@chu.example>"))
    assert isinstance(found, Reply)
    assert (found.actor, found.occurrence) == ("press", "")


def test_an_answer_to_a_contact_test_says_that_it_came() -> None:
    found = read(answer(From="dir@chu.example", In_Reply_To="<cyberex.2@chu.example>"))
    assert isinstance(found, TestReply)
    assert (found.person, found.way) == ("p3", TestWay.ATTACHMENT)


def test_somebody_else_answering_a_contact_test_says_nothing_of_that_person() -> None:
    assert read(answer(In_Reply_To="<cyberex.2@chu.example>")) is Ignored.UNRELATED


@pytest.mark.parametrize(
    ("headers", "why"),
    [
        ({"From": "boss@press.example"}, Ignored.STRANGER),
        ({"From": "it@chu.example, boss@press.example"}, Ignored.STRANGER),
        ({"From": '"it@chu.example" <boss@press.example>'}, Ignored.STRANGER),
        ({"From": ""}, Ignored.STRANGER),
        ({"Auto_Submitted": "auto-replied"}, Ignored.AUTOMATIC),
        ({"Precedence": "auto_reply"}, Ignored.AUTOMATIC),
        ({"X_Autoreply": "yes"}, Ignored.AUTOMATIC),
        ({"In_Reply_To": ""}, Ignored.UNRELATED),
        ({"In_Reply_To": "<b@chu.example>"}, Ignored.UNRELATED),
        # Of another exercise, though its alias is one of this one too.
        (
            {"In_Reply_To": "<cyberex.9@chu.example>", "To": "exercice+press@chu.example"},
            Ignored.UNRELATED,
        ),
    ],
)
def test_what_is_no_answer_of_a_player_is_left_alone(headers: dict[str, str], why: Ignored) -> None:
    assert read(answer(**headers)) is why


def test_what_the_body_claims_counts_for_nothing() -> None:
    text = "In-Reply-To: <cyberex.1@chu.example>\nTo: exercice+press@chu.example"
    assert read(answer(text, In_Reply_To="")) is Ignored.UNRELATED


@pytest.mark.parametrize(
    "quoted",
    [
        "> Bonjour,\n> texte",
        "Le lun. 12 janv. 2026 à 09:04, CERT Santé – EXERCICE <e@chu.example> a écrit :\n> x",
        "Le lun. 12 janv. 2026 à 09:04, CERT Santé – EXERCICE\n<e@chu.example> a écrit :\nx",
        "On Mon, Jan 12, 2026 at 9:04 AM CERT <e@chu.example> wrote:\nx",
        "-----Message d'origine-----\nDe : CERT",
        "________________________________\nDe : CERT",
        "De : CERT Santé <e@chu.example>\nEnvoyé : lundi",
    ],
)  # fmt: skip
def test_only_what_the_player_wrote_is_kept(quoted: str) -> None:
    assert (
        trimmed(f"Nous coupons.\n\nLe SIH suit.\n\n{quoted}\n") == "Nous coupons.\n\nLe SIH suit."
    )


def test_a_sentence_that_begins_like_a_quotation_is_kept() -> None:
    assert trimmed("Le réseau est coupé.\nDe plus, rien.") == "Le réseau est coupé.\nDe plus, rien."


def test_a_long_text_is_cut_and_a_dangerous_one_made_harmless() -> None:
    assert len(trimmed("x" * 10_000)) == LONGEST_TEXT
    assert "\x1b" not in trimmed("a\x1b[31mb\u202e")


def test_a_message_that_has_only_html_is_read_as_text() -> None:
    message = answer()
    message.set_content(
        "<style>x{}</style><p>Nous <b>coupons</b>.</p><script>y()</script><div>Fin</div>"
        "<blockquote>ancien</blockquote>",
        subtype="html",
    )
    found = read(message)
    assert isinstance(found, Reply)
    assert found.text.split() == ["Nous", "coupons.", "Fin"]


HEAD = b"From: it@chu.example\r\nIn-Reply-To: <cyberex.1@chu.example>\r\n"


@settings(deadline=None)  # the first message makes the library load half of itself
@given(st.binary(max_size=300), st.booleans())
def test_no_bytes_raise(raw: bytes, with_head: bool) -> None:
    found = read(HEAD + raw if with_head else raw)
    if isinstance(found, Reply):
        assert len(found.text) <= LONGEST_TEXT


@pytest.mark.parametrize(
    "raw",
    [
        HEAD + b"Content-Type: text/plain; charset=nowhere\r\n\r\nhello\r\n",
        HEAD + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n",
        HEAD + b"Content-Type: text/html\r\n\r\n<![CDATA[<!<<a\r\n",
        HEAD + b"Content-Type: message/rfc822\r\n\r\n" + HEAD,
        HEAD + b"Content-Type: application/pdf\r\n\r\n%PDF\r\n",
    ],
)
def test_a_message_of_an_odd_shape_is_read_or_left_alone(raw: bytes) -> None:
    assert isinstance(read(raw), Reply | Ignored)


LONG = 300_000


@pytest.mark.parametrize(
    "raw",
    [
        b"From: " + b"=?utf-8?q?a?= " * (LONG // 14) + b"<it@chu.example>\r\n\r\nhi",
        b"From: " + b", ".join([b"it@chu.example"] * (LONG // 16)) + b"\r\n\r\nhi",
        HEAD + b"To: " + b"g:" * (LONG // 2) + b"\r\n\r\nhi",
        HEAD + b"Content-Type: text/plain" + b"; a*0=x" * (LONG // 7) + b"\r\n\r\nhi",
        HEAD + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + b"--b\r\n\r\n" * (LONG // 7),
        HEAD + b"Content-Type: text/html\r\n\r\n" + b"<a " * (LONG // 3),
        HEAD + b"Content-Type: text/html\r\n\r\n" + b"<a b='" * (LONG // 6),
        HEAD + b"Content-Type: text/plain; charset=punycode\r\n\r\n" + b"a" * LONG,
    ],
    ids=["words", "senders", "groups", "parameters", "parts", "tags", "quotes", "encoding"],
)
def test_no_message_is_long_to_read_whoever_wrote_it(raw: bytes) -> None:
    begun = process_time()
    read(raw)
    assert process_time() - begun < 1.5


def test_a_message_in_an_encoding_of_former_times_is_read() -> None:
    raw = HEAD + b"Content-Type: text/plain; charset=iso-8859-15\r\n\r\nSant\xe9 \xa4\r\n"
    found = read(raw)
    assert isinstance(found, Reply)
    assert found.text == "Santé €"


def test_what_html_writes_in_entities_and_comments_is_understood() -> None:
    message = answer()
    message.set_content(
        "<html><head><title>t</title></head><BODY><!-- <p>no</p> > --><DIV>a &lt; b &amp; c</DIV>",
        subtype="html",
    )
    found = read(message)
    assert isinstance(found, Reply)
    assert found.text == "a < b & c"

"""The interlock: nobody outside the exercise's directory can be written to."""

import ast
import copy
import pickle
import re
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import getaddresses
from functools import cache
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cyberex.delivery.allowed import Addressee, AllowList, NotAllowed, normalised
from cyberex.delivery.messages import Letter, Origin, stimulus_message
from cyberex.facts.people import Person

PACKAGE = Path(__file__).parents[2] / "cyberex"
NOON = datetime(2026, 1, 12, 12, tzinfo=UTC)
ORIGIN = Origin("exercice@chu.example", "ex-1", "CHU")


def directory(*emails: str) -> AllowList:
    return AllowList(Person(id=f"p{number}", email=email) for number, email in enumerate(emails))


def message_to(*addresses: str) -> EmailMessage:
    message = EmailMessage(policy=SMTP)
    message["To"] = ", ".join(addresses)
    return message


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("it@chu.example", "it@chu.example"),
        ("  IT@Chu.Example ", "it@chu.example"),
        ("anne.o'neil+crise@sih.chu.example", "anne.o'neil+crise@sih.chu.example"),
    ],
)
def test_an_ordinary_address_is_compared_in_lower_case(written: str, address: str) -> None:
    assert normalised(written) == address


NASTY = [
    "", "it", "@chu.example", "it@", "it@chu", "it@@chu.example",
    "it@chu.example,boss@press.example", "it@chu.example; boss@press.example",
    "IT <it@chu.example>", "<it@chu.example>", '"it"@chu.example', '"a b"@chu.example',
    "it@chu.example\nBcc: boss@press.example", "it@chu.example\r\nBcc: x@press.example",
    "it\n@chu.example", "it@chu.example\t", "it@chu.example\x00", "a b@chu.example",
    "boss%press.example@chu.example", "press.example!boss@chu.example",
    "@relay.example:it@chu.example", "it@[127.0.0.1]", "it@127.0.0.1", "it@chu..example",
    ".it@chu.example", "it.@chu.example", "i..t@chu.example", "-f@chu.example",
    "|sh@chu.example", "/etc/x@chu.example", "it@-chu.example", "it@chu-.example",
    "ité@chu.example", "it@chû.example", "іt@chu.example", "it@chu.example.", "it@chu.example>",
    "it(boss@press.example)@chu.example", "it@chu.example (boss)", "group:it@chu.example;",
    "it＠chu.example", "it\u200b@chu.example", "\u202eit@chu.example", "x" * 65 + "@chu.example",
    "it@" + "a." * 130 + "example",
]  # fmt: skip


@pytest.mark.parametrize("written", NASTY)
def test_what_is_not_one_plain_address_reaches_nobody(written: str) -> None:
    allowed = directory(written)
    assert allowed.of("p0") is None
    assert [one.person for one in allowed.unreachable] == ["p0"]


@given(st.text(max_size=60) | st.emails() | st.sampled_from(NASTY))
@example("it@chu.example")
def test_an_address_that_is_taken_names_one_mailbox_to_every_mail_program(written: str) -> None:
    address = normalised(written)
    if address is None:
        return
    assert getaddresses([address]) == [("", address)]
    assert address.isascii()
    assert address.isprintable()
    assert not set(address) & set(' ,;:<>()[]"\\%!/|')
    assert normalised(address) == address


def test_nobody_but_the_directory_makes_an_addressee() -> None:
    known = directory("it@chu.example").of("p0")
    assert known is not None
    with pytest.raises(TypeError):
        Addressee(object(), "p0", "boss@press.example")
    with pytest.raises(AttributeError):
        known.address = "boss@press.example"  # type: ignore[misc]
    for leave in (copy.copy, copy.deepcopy, pickle.dumps):
        with pytest.raises(TypeError):
            leave(known)


def test_the_last_look_lets_the_people_of_the_directory_through() -> None:
    allowed = directory("a@chu.example", "B@CHU.example")
    to = allowed.all_of(["p0", "p1"])
    allowed.check(message_to("a@chu.example", "b@chu.example"), to)


def test_the_last_look_stops_an_addressee_of_another_exercise() -> None:
    elsewhere = directory("boss@press.example").all_of(["p0"])
    with pytest.raises(NotAllowed):
        directory("it@chu.example").check(message_to("boss@press.example"), elsewhere)


@pytest.mark.parametrize("header", ["To", "Cc", "Bcc", "Resent-To", "Resent-Cc", "Resent-Bcc"])
def test_the_last_look_stops_a_header_that_names_a_stranger(header: str) -> None:
    allowed = directory("it@chu.example")
    message = message_to("it@chu.example")
    del message[header]
    message[header] = "it@chu.example, Boss <boss@press.example>"
    with pytest.raises(NotAllowed):
        allowed.check(message, allowed.all_of(["p0"]))


@pytest.mark.parametrize(
    "header", ["Disposition-Notification-To", "Return-Receipt-To", "Errors-To"]
)
def test_the_last_look_stops_what_would_make_others_write(header: str) -> None:
    allowed = directory("it@chu.example")
    message = message_to("it@chu.example")
    message[header] = "boss@press.example"
    with pytest.raises(NotAllowed):
        allowed.check(message, allowed.all_of(["p0"]))


def test_the_last_look_stops_a_message_to_nobody() -> None:
    with pytest.raises(NotAllowed):
        directory("it@chu.example").check(message_to("it@chu.example"), ())


def test_two_people_at_one_address_get_one_message() -> None:
    allowed = directory("cell@chu.example", "CELL@chu.example")
    assert len(allowed.all_of(["p0", "p1"])) == 1
    assert allowed.people_at("cell@CHU.example") == ("p0", "p1")


TYPED = st.text(max_size=200) | st.sampled_from(
    [
        "x\r\nBcc: boss@press.example",
        "x\nTo: boss@press.example\n\nhello",
        "=?utf-8?q?x?= <boss@press.example>",
        "a, boss@press.example, é",
        '"x" <boss@press.example>' + "é" * 80,
        "\x00\x1b[31m\u2028\u2029\x85x\ud800",
    ]
)


@given(sender=TYPED, title=TYPED, text=TYPED, structure=TYPED, hour=TYPED)
def test_whatever_is_typed_the_message_names_its_addressees_and_nobody_else(
    sender: str, title: str, text: str, structure: str, hour: str
) -> None:
    allowed = directory("a@chu.example", "b@chu.example")
    to = allowed.all_of(["p0", "p1"])
    origin = Origin("exercice@chu.example", "ex-1", structure)
    raw = stimulus_message(
        Letter("s01#1", "crisis", sender, title, text, hour), origin, to, NOON
    ).as_bytes()
    head = raw.partition(b"\r\n\r\n")[0].split(b"\r\n")
    names = [line.partition(b":")[0].decode() for line in head if not line[:1].isspace()]
    assert sorted(names) == [
        "Auto-Submitted", "Content-Type", "Date", "From", "MIME-Version", "Message-ID",
        "Precedence", "Reply-To", "Subject", "To", "X-Auto-Response-Suppress",
        "X-Cyberex-Exercise", "X-Cyberex-Message", "X-Exercise",
    ]  # fmt: skip
    read = message_from_bytes(raw)  # as a simple program reads it
    assert [a for _, a in getaddresses([read["To"]])] == ["a@chu.example", "b@chu.example"]
    assert [a for _, a in getaddresses([read["From"]])] == ["exercice@chu.example"]
    assert [a for _, a in getaddresses([read["Reply-To"]])] == ["exercice@chu.example"]
    allowed.check(message_from_bytes(raw, policy=SMTP), to)


# ---------------------------------------------------------------- no other way out

SENDERS = {"aiosmtplib", "smtplib", "aiosmtpd", "aioimaplib"}
SMTP_MODULE = "delivery/smtp.py"
MAKERS = "delivery/allowed.py"


@cache
def texts() -> dict[str, str]:
    paths = sorted(PACKAGE.rglob("*.py"))
    return {path.relative_to(PACKAGE).as_posix(): path.read_text("utf-8") for path in paths}


@cache
def sources() -> dict[str, ast.Module]:
    return {name: ast.parse(text) for name, text in texts().items()}


def imported(tree: ast.Module) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module.split(".")[0])
        elif isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "import_module":
            texts = [arg.value for arg in node.args if isinstance(arg, ast.Constant)]
            names |= {str(text).split(".")[0] for text in texts}
    return names


def called(tree: ast.AST, names: set[str]) -> list[ast.Call]:
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return [call for call in calls if getattr(call.func, "attr", "") in names]


def test_one_module_alone_can_speak_to_a_mail_server() -> None:
    assert [name for name, tree in sources().items() if imported(tree) & SENDERS] == [SMTP_MODULE]


def test_no_module_starts_a_program_that_sends_mail() -> None:
    assert [name for name, text in texts().items() if re.search(r"\bsendmail\b", text)] == []


def test_the_module_that_sends_looks_at_the_directory_first_and_names_addressees_only() -> None:
    tree = sources()[SMTP_MODULE]
    methods = {node.name: node for node in ast.walk(tree) if isinstance(node, ast.AsyncFunctionDef)}
    first = methods["send"].body[0]
    assert ast.unparse(first) == "self._allowed.check(message, to)"
    # The high-level ways take addresses as texts: none is used.
    assert called(tree, {"send_message", "sendmail"}) == []
    receivers = called(tree, {"rcpt"})
    assert [ast.unparse(call.args[0]) for call in receivers] == ["addressee.address"]
    # Whoever reaches the connection goes through `send`, after the look.
    assert [ast.unparse(call.func) for call in called(methods["send"], {"_send_by"})] == [
        "self._send_by", "self._send_by",
    ]  # fmt: skip
    elsewhere = [name for name in methods if name != "send" and called(methods[name], {"_send_by"})]
    assert elsewhere == []


def test_one_module_alone_makes_addressees_and_from_the_directory_only() -> None:
    makers = []
    for name, tree in sources().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Addressee":
                makers.append((name, ast.unparse(node)))
    assert makers == [(MAKERS, "Addressee(_SEAL, person.id, address)")]
    users = [name for name, text in texts().items() if "_SEAL" in text]
    assert users == [MAKERS]


def test_the_directory_is_the_only_source_of_an_allow_list() -> None:
    made = [
        (name, ast.unparse(node))
        for name, tree in sources().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "AllowList"
    ]
    assert sorted(made) == [
        ("delivery/opening.py", "AllowList(())"),
        ("delivery/opening.py", "AllowList(persons)"),
    ]

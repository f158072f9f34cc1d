"""What a message looks like as it leaves."""

import io
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pytest
from pypdf import PdfReader

from cyberex.delivery.allowed import AllowList
from cyberex.delivery.messages import (
    Attached,
    Letter,
    Origin,
    file_name,
    letter_id,
    simulated_attachment,
    stimulus_message,
    subject_of,
)
from cyberex.delivery.trial import trial_files, trial_id, trial_message
from cyberex.facts.model import TestWay
from cyberex.facts.people import Person
from cyberex.i18n import set_language

NOON = datetime(2026, 1, 12, 12, tzinfo=UTC)
ORIGIN = Origin("exercice@chu.example", "beginner-20260112", "CH de Valmont")
ALLOWED = AllowList([Person(id="p1", email="it@chu.example")])
TO = ALLOWED.all_of(["p1"])
LETTER = Letter(
    "s01#1",
    "crisis",
    "CERT Santé",
    "Fichiers illisibles",
    "EXERCICE EXERCICE EXERCICE.\n\nBonjour,\n\nDes <b>fichiers</b> & co.\n.\nFrom là",
    "lundi 09:30",
)


def sent(letter: Letter = LETTER) -> EmailMessage:
    """As whoever receives it reads it."""
    return message_from_bytes(stimulus_message(letter, ORIGIN, TO, NOON).as_bytes(), policy=default)


def text_of(message: EmailMessage, kind: str = "plain") -> str:
    body = message.get_body((kind,))
    assert body is not None
    return str(body.get_content()).replace("\r\n", "\n")


def test_the_sender_is_an_actor_of_the_exercise_and_answers_come_to_its_mailbox() -> None:
    message = sent()
    assert str(message["From"].addresses[0].display_name) == "CERT Santé (simulé) – EXERCICE"
    assert message["From"].addresses[0].addr_spec == "exercice@chu.example"
    assert str(message["Reply-To"]) == "exercice@chu.example"


def test_a_long_name_is_cut_between_two_words() -> None:
    title = "Mme Colas, responsable du support d'Aubelle Dossiers, éditeur du dossier de l'usager"
    message = sent(Letter("s01#1", "crisis", title, "t", "u"))
    named = " ".join(str(message["From"].addresses[0].display_name).split())
    assert named.startswith("Mme Colas, responsable du support d'Aubelle Dossiers, éditeur du")
    assert named.endswith("… (simulé) – EXERCICE")


def test_the_subject_says_exercise_structure_and_object() -> None:
    assert str(sent()["Subject"]) == "EXERCICE – CH de Valmont – Fichiers illisibles"
    assert subject_of("", "EXERCICE : Panne\r\nBcc: x@y.fr") == "EXERCICE – Panne Bcc: x@y.fr"
    assert len(subject_of("CH", "long " * 100)) <= 180


def test_a_text_that_gives_its_own_subject_keeps_it() -> None:
    text = "EXERCICE EXERCICE EXERCICE.\n\nObjet : Panne de réseau\n\nBonjour,"
    message = sent(Letter("s01#1", "crisis", "x", "Titre de l'animation", text))
    assert str(message["Subject"]).endswith("– Panne de réseau")
    assert "Titre de l'animation" not in text_of(message)
    assert "Objet" not in text_of(message)


@pytest.mark.parametrize(
    "text",
    ["Bonjour,", "EXERCICE EXERCICE EXERCICE\nBonjour,", "EXERCICE EXERCICE EXERCICE !\n\nA"],
)
def test_the_body_begins_with_the_word_three_times_once(text: str) -> None:
    message = sent(Letter("s01#1", "crisis", "x", "t", text))
    lines = text_of(message).splitlines()
    assert lines[0] == lines[-1] == "EXERCICE EXERCICE EXERCICE"
    assert text_of(message).count("EXERCICE EXERCICE EXERCICE") == 2


def test_text_and_html_say_the_same_and_html_is_no_markup_of_the_author() -> None:
    message = sent()
    assert "Des <b>fichiers</b> & co.\n.\nFrom là" in text_of(message)
    page = text_of(message, "html")
    assert "Des &lt;b&gt;fichiers&lt;/b&gt; &amp; co." in page
    assert "<b>" not in page
    for outside in ("http", "src=", "url(", "<img", "<link", "<script"):
        assert outside not in page


def test_no_program_answers_it_by_itself() -> None:
    message = sent()
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Precedence"] == "bulk"
    assert message["X-Exercise"] == "EXERCICE"
    assert message["In-Reply-To"] is None


def test_its_identity_is_the_same_at_every_attempt_and_tells_nothing() -> None:
    again = stimulus_message(LETTER, ORIGIN, TO, datetime(2026, 1, 12, 13, tzinfo=UTC))
    assert (
        str(sent()["Message-ID"])
        == str(again["Message-ID"])
        == letter_id(ORIGIN, "s01#1", "crisis")
    )
    assert letter_id(ORIGIN, "s01#2", "crisis") != letter_id(ORIGIN, "s01#1", "crisis")
    headers = stimulus_message(LETTER, ORIGIN, TO, NOON).as_bytes().partition(b"\r\n\r\n")[0]
    for told in (b"s01", b"crisis", b"beginner"):
        assert told not in headers


def test_it_is_dated_by_the_room_and_says_the_hour_of_the_game() -> None:
    assert sent()["Date"].datetime == NOON
    assert "lundi 09:30" in text_of(sent())


def test_files_go_with_it_under_a_name_that_says_exercise() -> None:
    files = (Attached("preuve.pdf", b"%PDF\xff"), simulated_attachment("Trois pages : noms/dates"))
    letter = Letter("s01#1", "crisis", "x", "t", "u", attached=files)
    found = list(sent(letter).iter_attachments())
    assert [one.get_filename() for one in found] == [
        "EXERCICE - preuve.pdf",
        "EXERCICE - Trois pages noms dates.txt",
    ]
    assert found[0].get_content() == b"%PDF\xff"
    assert "Trois pages : noms/dates" in str(found[1].get_content())


@pytest.mark.parametrize(
    ("name", "saved"),
    [
        ("../../etc/passwd", "EXERCICE - etc passwd"),
        ("a\r\nX: y.txt", "EXERCICE - a X y.txt"),
        ("", "EXERCICE - pièce jointe"),
        ("EXERCICE - a.pdf", "EXERCICE - a.pdf"),
        ("é" * 300 + ".docx", "EXERCICE - " + "é" * 100 + ".docx"),
    ],
)
def test_a_file_has_a_name_that_any_system_can_save(name: str, saved: str) -> None:
    assert file_name(name) == saved


def test_no_line_is_longer_than_a_server_takes() -> None:
    letter = Letter("s01#1", "crisis", "é" * 400, "é" * 400, "mot " * 5_000 + "é" * 5_000)
    raw = stimulus_message(letter, ORIGIN, TO, NOON).as_bytes()
    assert raw.isascii()
    assert max(len(line) for line in raw.split(b"\r\n")) <= 998


def test_a_contact_test_asks_for_an_answer_and_gives_the_personal_link() -> None:
    message = trial_message(
        TestWay.MAIL, ORIGIN, TO[0], NOON, round=7, link="http://10.0.0.1:8080/l/abc"
    )
    text = text_of(message)
    assert "répondez à ce message" in text
    assert "http://10.0.0.1:8080/l/abc" in text.splitlines()
    assert list(message.iter_attachments()) == []
    assert trial_id(ORIGIN, "p1", TestWay.MAIL, 7) == str(message["Message-ID"])
    assert trial_id(ORIGIN, "p1", TestWay.MAIL, 8) != str(message["Message-ID"])


def test_a_contact_test_comes_from_those_who_run_the_exercise_and_nobody_simulated() -> None:
    message = trial_message(TestWay.MAIL, ORIGIN, TO[0], NOON, round=7)
    assert message["From"].addresses[0].display_name == "Direction de l'exercice – EXERCICE"


def test_its_second_message_has_files_like_those_of_the_game() -> None:
    message = trial_message(
        TestWay.ATTACHMENT, ORIGIN, TO[0], NOON, round=7, endings=[".pdf", ".exe"]
    )
    names = [one.get_filename() or "" for one in message.iter_attachments()]
    assert [name.rpartition(".")[2] for name in names] == ["txt", "pdf"]
    assert all(name.startswith("EXERCICE - ") and "rançon" in name for name in names)


def test_the_pdf_of_a_contact_test_is_a_whole_file() -> None:
    pdf = next(one for one in trial_files([".pdf"]) if one.name.endswith(".pdf"))
    reader = PdfReader(io.BytesIO(pdf.content), strict=True)
    assert "EXERCICE EXERCICE EXERCICE" in reader.pages[0].extract_text()


def test_in_english_the_word_stays() -> None:
    set_language("en")
    try:
        message = sent()
        assert str(message["Subject"]).startswith("EXERCICE – ")
        assert "(simulated) – EXERCICE" in str(message["From"])
    finally:
        set_language("fr")

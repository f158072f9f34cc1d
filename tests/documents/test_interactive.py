"""The simulated screens: which there are, what they show, what they never let run."""

import base64
import hashlib
import re
from datetime import UTC, datetime
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cyberex.documents.interactive import page_of, policy
from cyberex.documents.interactive_form import Asked, Form, Part, form_page
from cyberex.documents.interactive_list import list_page
from cyberex.documents.interactive_screens import Kind, Screen, screens_of
from cyberex.documents.interactive_text import headline, post, read, term_s
from cyberex.plan.build import plan_scenario
from cyberex.plan.model import Plan
from cyberex.scenario.load import scenario_of_text

HEAD = """\
cyberex: 1
id: screens
title: Écrans
timing: {startex: lundi 8 mars 2027 09:00, play: 60 min}
cells: [{id: crisis, title: Crise}]
roles: [{id: it, title: Informatique, cell: crisis}]
actors:
  - {id: nurse, title: Mme Lenoir, kind: staff}
  - {id: nox, title: Nox Corvus, kind: attacker}
  - {id: news, title: Rédaction d'InfoContinue 24, kind: media}
  - {id: paper, title: "M. Da Costa, Le Courrier de l'Aubelle", kind: media}
channels:
  - {id: phone, title: Téléphone}
  - {id: document, title: Document}
  - {id: media, title: Fil média}
  - {id: sms, title: SMS}
  - {id: email, title: Courriel}
stimuli:
"""
TEMPLATE = """\
  - id: {id}
    at: T+{at}
    from: {sender}
    to: [it]
    via: {via}
    title: Un titre
    text: |
      {text}
"""
KINDS = [
    ("nox", "document", "EXERCICE. Vous avez 72 heures.", ["ransom", "threat"]),
    ("nurse", "document", "EXERCICE. Une note.", ["note"]),
    ("news", "media", "EXERCICE – InfoContinue 24", ["tv"]),
    ("paper", "media", "EXERCICE. Un article.", ["newspaper"]),
    ("news", "media", "EXERCICE – Pépie, compte de passage", ["posts"]),
    ("nurse", "sms", "EXERCICE. Bonjour.", ["sms"]),
    ("nurse", "email", "EXERCICE. Bonjour.", ["email"]),
    ("nurse", "phone", "EXERCICE. Allô.", []),
    ("nox", "phone", "EXERCICE. Allô.", []),
]


def plan_of(*stimuli: tuple[str, str, str]) -> Plan:
    rows = [
        TEMPLATE.format(
            id=f"s{number:02}", at=5 * number, sender=sender, via=via,
            text=text.replace("\n", "\n      "),
        )
        for number, (sender, via, text) in enumerate(stimuli, start=1)
    ]  # fmt: skip
    loaded = scenario_of_text(HEAD + "".join(rows))
    assert loaded.scenario is not None, loaded.problems
    planned = plan_scenario(loaded.scenario, loaded.source, datetime(2027, 1, 4, tzinfo=UTC))
    assert planned.plan is not None, planned.problems
    return planned.plan


def screen(kind: Kind, *body: str, **changes: object) -> Screen:
    fields = {"sender": "Mme Lenoir", "outlet": "", "title": "Un titre", "term_s": None, **changes}
    return Screen(id="s01", kind=kind, body=body, **fields)  # type: ignore[arg-type]


class Tags(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self._inside = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))
        self._inside = tag

    def handle_data(self, data: str) -> None:
        if self._inside not in ("style", "script"):
            self.text += data


@pytest.mark.parametrize(("sender", "via", "text", "kinds"), KINDS)
def test_channel_and_sender_say_what_is_shown(
    sender: str, via: str, text: str, kinds: list[str]
) -> None:
    assert [found.kind for found in screens_of(plan_of((sender, via, text)))] == kinds


def test_an_animator_may_choose_another_screen() -> None:
    plan = plan_of(("nurse", "phone", "EXERCICE. Allô."), ("news", "media", "EXERCICE. Fil."))
    chosen = {"s01": Kind.SMS, "s02": Kind.NEWSPAPER}
    assert [found.kind for found in screens_of(plan, chosen)] == ["sms", "newspaper"]


def test_an_hour_to_come_is_the_fictions() -> None:
    plan = plan_of(("nurse", "sms", "EXERCICE. Avant ${+10 min}."))
    assert screens_of(plan)[0].body == ("Avant 09:15.",)


@pytest.mark.parametrize("kind", list(Kind))
def test_every_screen_bears_the_word_exercice(kind: Kind) -> None:
    text = Tags(page_of(screen(kind, "Un texte.", term_s=60))).text
    assert "EXERCICE EXERCICE EXERCICE" in text
    assert "Un texte" in text


@pytest.mark.parametrize("kind", list(Kind))
def test_a_text_never_becomes_markup(kind: Kind) -> None:
    bad = '<script>alert(1)</script><img src=x onerror="a()">'
    plain = Tags(page_of(screen(kind, "Un texte.", term_s=60)))
    shown = Tags(page_of(screen(kind, bad, sender=bad, outlet=bad, title=bad, term_s=60)))
    assert {tag for tag, _attributes in shown.seen} - {"p"} <= {
        tag for tag, _attributes in plain.seen
    } | {"div", "h1", "span"}
    assert not any(name.startswith("on") for _tag, given in shown.seen for name in given)


@pytest.mark.parametrize("kind", list(Kind))
def test_a_screen_loads_nothing_and_links_nowhere(kind: Kind) -> None:
    for _tag, attributes in Tags(page_of(screen(kind, "Un texte.", term_s=60))).seen:
        assert not {"src", "href", "action", "style"} & set(attributes)


def test_only_the_countdowns_own_script_may_run() -> None:
    page = page_of(screen(Kind.RANSOM, "Vous avez 72 heures.", term_s=60))
    (script,) = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert f"script-src &#x27;sha256-{digest}&#x27;" in page
    assert "unsafe" not in page


def test_a_page_without_script_lets_none_run() -> None:
    assert "script-src 'none'" in policy()
    assert "<script" not in page_of(screen(Kind.RANSOM, "Aucun délai."))


def test_without_a_script_the_countdown_shows_its_term() -> None:
    assert "72:00:00" in page_of(screen(Kind.RANSOM, "Un texte.", term_s=72 * 3600))


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("Vous avez 72 heures pour répondre.", 72),
        ("Vous avez cinq jours : mercredi.", 120),
        ("72 heures, jusqu'au mardi 13 avril à 8 heures.", 72),
        ("Vous avez jusqu'au mardi 9 mars à 8 heures.", 23),
        ("Il y a 3 heures, nous étions là. Vous avez 24 heures.", 24),
        ("Vous avez jusqu'au 31 février à 8 heures.", None),
        ("Payez.", None),
    ],
)
def test_the_term_is_read_in_the_text(text: str, hours: int | None) -> None:
    found = term_s((text,), datetime(2027, 3, 8, 9))
    assert found == (None if hours is None else hours * 3600)


def test_a_first_line_that_introduces_is_a_heading() -> None:
    assert read("EXERCICE – InfoContinue 24\nUn bandeau.").heading == "InfoContinue 24"
    found = read("EXERCICE. Message reçu à 9 h :\n\nPayez.")
    assert (found.heading, found.body) == ("Message reçu à 9 h", ("Payez.",))
    assert read("EXERCICE EXERCICE EXERCICE.\n\nBonjour.\nSigné.").body == ("Bonjour.", "Signé.")
    assert read("EXERCICE. Bonjour.").body == ("Bonjour.",)


def test_a_guillemet_never_stands_alone_on_a_line() -> None:
    assert read("EXERCICE. Il dit « non » ici.").body == ("Il dit «\u00a0non\u00a0» ici.",)


def test_a_publication_is_taken_apart() -> None:
    found = post((
        "Photo d'une imprimante.",
        "« Plus rien ne marche. »",
        "Soixante partages. Dans les commentaires : « C'est faux. » « Courage. »",
    ))  # fmt: skip
    assert found.message == "Plus rien ne marche."
    assert found.pictures == ("Photo d'une imprimante.",)
    assert found.figures == ("Soixante partages",)
    assert found.comments == ("C'est faux.", "Courage.")


def test_the_number_of_comments_is_kept() -> None:
    found = post(("« Un message. »", "Cinquante commentaires, dont : « Et nous ? »"))
    assert (found.figures, found.comments) == (("Cinquante commentaires",), ("Et nous ?",))


def test_a_title_that_shouts_is_the_title() -> None:
    body = ("Val d'Aubelle : L'HÔPITAL PARALYSÉ", "Une famille témoigne.")
    assert headline(body) == ("Val d'Aubelle", "L'HÔPITAL PARALYSÉ", ("Une famille témoigne.",))


@given(st.lists(st.text(min_size=1), min_size=1, max_size=5))
def test_no_text_breaks_a_screen(lines: list[str]) -> None:
    body = read("\n".join(lines)).body
    for kind in Kind:
        assert page_of(screen(kind, *body)).endswith("</html>\n")


def test_a_form_labels_each_of_its_fields_and_sends_nothing() -> None:
    parts = (
        Asked("who", "line", "Structure", "Fictive."),
        Asked("when", "moment", "Heure"),
        Asked("what", "text", "Faits"),
        Asked("sure", "one", "Sûr ?", choices=("Oui", "Non")),
    )
    page = form_page(Form("f", "Déclarer", "", (Part("Qui", parts),)), language="fr")
    seen = Tags(page).seen
    labelled = {attributes["for"] for tag, attributes in seen if tag == "label"}
    boxes = {attributes["id"] for tag, attributes in seen if tag in ("input", "textarea")}
    assert labelled == boxes == {"who", "when", "what", "sure-0", "sure-1"}
    assert "form" not in {tag for tag, _attributes in seen}
    assert "form-action &#x27;none&#x27;" in page


def test_the_list_leads_to_every_screen_and_form() -> None:
    plan = plan_of(("nox", "document", "EXERCICE. 72 heures."), ("nurse", "sms", "EXERCICE. Bon."))
    screens = screens_of(plan)
    forms = (Form("f", "Déclarer", "", ()),)
    links = {given.get("href") for tag, given in Tags(list_page(plan, screens, forms)).seen
             if tag == "a"}  # fmt: skip
    assert links == {"s01-ransom.html", "s01-threat.html", "s02-sms.html", "form-f.html"}

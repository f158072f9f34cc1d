"""The pages of the animation, the observers and the wall, and a scenario in which what nobody may
know yet bears a mark."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from cyberex.facts.model import AccessKind, Event
from cyberex.facts.people import Person
from cyberex.portal.app import PAGES
from cyberex.portal.audience import Audience
from tests.portal.house import Answer, Browser, House, form_token, house

ONE = Audience(AccessKind.ANIMATOR, voice="animator-1")
TWO = Audience(AccessKind.ANIMATOR, voice="animator-2")
CRISIS = Audience(AccessKind.OBSERVER, "crisis")
CARE = Audience(AccessKind.OBSERVER, "care")
EVERY_CELL = Audience(AccessKind.OBSERVER)
WALL = Audience(AccessKind.WALL)
MARK = "ŻŻ"
HOSTILE = "<script>alert(1)</script>\u202e<img src=x onerror=alert(2)>"

PEOPLE = (
    Person(id="p1", function="Cadre", role="ward", name="Mme Roy", phone="01 99 00 50 01"),
    Person(id="p2", function="DSI", role="it", name="M. Diop", mobile="06 39 98 50 02",
           phone="01 99 00 50 02"),
    Person(id="a1", task="animator", voice="animator-1", name="M. Leroy"),
    Person(id="a2", task="animator", voice="animator-2", name="Mme Sorel"),
)  # fmt: skip

SCENARIO = """\
cyberex: 1
id: animation
title: Pour l'animation
timing: {startex: lundi 12 janvier 2026 09:00, briefing: 10 min, play: 60 min, debrief: 10 min}
cells:
  - {id: crisis, title: Cellule de crise}
  - {id: care, title: Soins, place: Bâtiment B, travel: 4 min}
roles:
  - {id: it, title: Informatique, cell: crisis}
  - {id: dir, title: Direction, cell: crisis}
  - {id: ward, title: Cadre, cell: care}
actors:
  - {id: nurse, title: "Mme Lenoir, infirmière", kind: staff, played_by: animator-1,
     brief: Vous êtes débordée., when_contacted: {reply_after: 2 min, text: "EXERCICE. Je viens."}}
  - {id: samu, title: "Dr Évrard, SAMU", kind: authority, played_by: animator-2}
  - {id: news, title: "Rédaction d'InfoContinue", kind: media, played_by: animator-2}
  - {id: thief, title: Nox Corvus, kind: attacker, played_by: animator-2}
assets:
  - {id: pabx, title: Autocommutateur}
  - {id: server, title: Serveur}
channels:
  - {id: phone, title: Téléphone, kind: phone, needs: [pabx], fallback: mobile}
  - {id: mobile, title: Mobile, kind: phone}
  - {id: mail, title: Messagerie, kind: email, needs: [server]}
  - {id: texts, title: Textos, kind: sms}
  - {id: tv, title: Télévision, kind: media}
  - {id: paper, title: Document, kind: document}
  - {id: visit, title: Visite, kind: visit}
decisions:
  - {id: cut, title: Couper internet, outcomes: [{id: yes1, title: Oui}, {id: no1, title: Non}]}
stimuli:
  - {id: s01, at: T+1, from: nurse, to: [it], via: phone, title: Postes figés,
     importance: essential, text: "EXERCICE. Six postes sont figés.",
     if_stuck: "Demandez combien.", remarks: "Parlez vite.",
     expect: [{id: facts, text: Relève les faits, within: 5 min, by: it},
              {id: cuts, text: Décide de couper, settles: cut}]}
  - {id: s02, at: T+1, from: samu, to: [ward], via: phone, title: Trois ambulances,
     text: "EXERCICE. Les prenez-vous ?", expect: [{id: says, text: Répond au SAMU, by: ward}]}
  - {id: s03, at: T+20, from: nurse, to: [it], via: phone, title: ŻŻtitle, text: "ŻŻtext",
     remarks: ŻŻremark, expect: [{id: later, text: ŻŻexpected}]}
  - {id: s04, at: T+30, from: news, to: [all], via: tv, title: ŻŻnews,
     text: "EXERCICE – InfoContinue, bandeau.\\nŻŻHEADLINE OF THE DAY"}
  - {id: s05, at: T+40, from: samu, to: [ward], via: visit, title: ŻŻvisit, text: ŻŻvisited}
reserve:
  - {id: v01, from: news, to: [all], via: tv, title: Bandeau,
     text: "EXERCICE – InfoContinue, bandeau.\\nL'HÔPITAL COUPÉ DU MONDE\\nOn ne sait rien."}
  - {id: v02, from: thief, to: [dir], via: paper, title: Rançon,
     text: "EXERCICE. Vos fichiers sont chiffrés.\\nVous avez 72 heures."}
  - {id: v03, from: thief, to: [dir], via: mail, title: ŻŻmail, text: ŻŻletter}
"""


@asynccontextmanager
async def animation(tmp_path: Path) -> AsyncIterator[House]:
    """In play for two minutes."""

    async with house(tmp_path, SCENARIO, pages=PAGES) as home:
        home.portal.people = lambda: PEOPLE
        await home.to_play()
        await home.play(2)
        yield home
        assert not home.bugs


async def sent(browser: Browser, page: str, action: str, **form: str) -> Answer:
    """What `action` answers to a form of `page`, as without script."""
    token = form_token((await browser.get(page)).body)
    return await browser.post(action, {"form_token": token, **form})


async def read(browser: Browser, path: str) -> str:
    answer = await browser.get(path)
    assert answer.status == 200, answer
    return answer.body


def happened(home: House, kind: type[Event]) -> list[Event]:
    """Every event of this kind so far."""
    return [
        recorded.event
        for transaction in home.exercise.history()
        for recorded in transaction
        if isinstance(recorded.event, kind)
    ]

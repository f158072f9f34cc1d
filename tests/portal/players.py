"""Players' pages behind a real server, and a scenario in which everything secret bears a mark."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

from cyberex.facts.commands import ComposeStimulus, EndCall, SetAsset
from cyberex.facts.delivery_commands import OpenOutbox
from cyberex.facts.model import AccessKind, CallOutcome, Outbox
from cyberex.facts.people import Person
from cyberex.portal.audience import Audience
from cyberex.portal.for_players import ForPlayers
from cyberex.portal.pages import player
from tests.portal.house import Answer, Browser, House, form_token, house

CRISIS = Audience(AccessKind.PLAYER, "crisis")
CARE = Audience(AccessKind.PLAYER, "care")
IT = Audience(AccessKind.PLAYER, "crisis", "it")

PEOPLE = (
    Person(id="p1", function="Directrice des soins", role="ward", name="Mme Secrète"),
    Person(id="p2", function="Directeur informatique", role="it", name="M. Caché"),
    Person(id="p3", function="Directrice", role="dir", name="Mme Tue"),
    Person(id="p4", function="Animatrice", task="animator", voice="animator-1"),
)

SCENARIO = """\
cyberex: 1
id: players
title: ŻŻstory
synopsis: ŻŻsynopsis
briefing_text: ŻŻbriefing
rules: [On ne joint que l'annuaire.]
timing: {startex: lundi 12 janvier 2026 09:00, briefing: 10 min, play: 60 min, debrief: 10 min}
objectives: [{id: alert, title: ŻŻobjective}]
cells:
  - {id: crisis, title: Cellule de crise}
  - {id: care, title: Soins}
roles:
  - {id: it, title: Informatique, cell: crisis, brief: ŻŻbrief-it}
  - {id: dir, title: Direction, cell: crisis}
  - {id: ward, title: Cadre, cell: care, brief: ŻŻbrief-ward}
actors:
  - {id: nurse, title: "Mme Lenoir, infirmière", kind: staff, played_by: animator-1,
     phone: 01 99 00 40 01, email: urgences@example.org, brief: ŻŻbrief-nurse,
     when_contacted: {reply_after: 5 min, text: ŻŻanswer}}
  - {id: samu, title: "Dr Évrard, régulateur", kind: authority, phone: 01 99 00 40 02}
  - {id: thief, title: "ŻŻthief, attaquant", kind: attacker, brief: ŻŻbrief-thief}
assets:
  - {id: server, title: ŻŻasset}
  - {id: pabx, title: ŻŻpabx}
channels:
  - {id: phone, title: Téléphone, kind: phone, needs: [pabx]}
  - {id: mail, title: Messagerie, kind: email, needs: [server], fallback: runner}
  - {id: texts, title: Textos, kind: sms}
  - {id: tv, title: Télévision, kind: media}
  - {id: runner, title: Estafette, kind: document}
milestones: [{id: told, title: ŻŻmilestone}]
decisions:
  - {id: cut, title: ŻŻdecision, outcomes: [{id: yes1, title: ŻŻyes}, {id: no1, title: ŻŻno}]}
keys: [{id: panic, title: ŻŻkey}]
sequences: [{id: start, title: ŻŻsequence}]
jumps: [{id: j1, at: T+50, to: "lundi 14:00", title: ŻŻjump, bulletin: ŻŻbulletin}]
stimuli:
  - {id: s01, sequence: start, at: T+1, from: nurse, to: [it], via: mail, thread: technical,
     title: Alpha titre, text: "EXERCICE. Alpha texte, rappel à ${+30 min}.", remarks: ŻŻremark1,
     if_stuck: ŻŻstuck1, attachments: ["Alpha pièce", "pieces/alpha.txt"], handout: ŻŻhandout1,
     effects: {},
     expect: [{id: e1, text: ŻŻexpect1, within: 5 min, objective: alert, reaches: told}]}
  - {id: s02, sequence: start, at: T+2, from: samu, to: [care], via: mail, thread: care,
     title: ŻŻcare-title, text: ŻŻcare-text, remarks: ŻŻremark2, if_stuck: ŻŻstuck2,
     attachments: [ŻŻattached2], expect: [{id: e2, text: ŻŻexpect2}]}
  - {id: s03, at: T+3, from: nurse, to: [dir], via: phone, title: ŻŻcall-title, text: ŻŻcall-text,
     remarks: ŻŻremark3, if_stuck: ŻŻstuck3, attachments: [ŻŻattached3]}
  - {id: s04, at: T+4, from: nurse, to: [dir], via: texts, title: ŻŻsms-title, text: Bravo texto}
  - {id: s05, at: T+5, from: samu, to: [crisis], via: tv, title: Charlie une, text: Charlie texte}
  - {id: s06, at: T+30, from: thief, to: [crisis], via: mail, title: ŻŻlater-title,
     text: ŻŻlater-text, remarks: ŻŻremark6, if_stuck: ŻŻstuck6, attachments: [ŻŻattached6]}
  - {id: s07, at: T+2, when: [key panic], from: thief, to: [crisis], via: mail,
     title: ŻŻnever-title, text: ŻŻnever-text}
reserve:
  - {id: r1, from: thief, to: [crisis], via: mail, title: ŻŻreserve-title, text: ŻŻreserve-text,
     remarks: ŻŻremark7, if_stuck: ŻŻstuck7}
"""


@asynccontextmanager
async def players(tmp_path: Path, held: ForPlayers | None = None) -> AsyncIterator[House]:
    """The pages of players alone, people and sheets included."""
    async with house(tmp_path, SCENARIO, pages=[player.routes]) as home:
        home.portal.people = lambda: PEOPLE
        home.portal.for_players = held or ForPlayers()
        yield home
        assert home.bugs == []


async def begin(home: House) -> None:
    """In play, what is written leaves by the portal for both cells."""
    await home.to_play()
    for cell in ("crisis", "care"):
        await home.ask(OpenOutbox(outbox=Outbox.PORTAL, cell=cell, kinds=("email", "sms", "media")))


async def write_to(
    home: House, cell: str, text: str, *, title: str = "Objet", via: str = "mail"
) -> str:
    """A message of the nurse reaches a cell now; its key in the pages."""
    say = home.exercise.say
    await home.ask(
        ComposeStimulus(sender="nurse", to=(cell,), via=via, title=say(title), text=say(text))
    )
    newest = max(home.exercise.board.inboxes.items(cell), key=lambda item: item.seq)
    return newest.key


async def perform_calls(home: House, by: str = "it") -> None:
    """Every call that waits is made and taken."""
    for sheet in home.exercise.board.calls.sheets:
        await home.ask(
            EndCall(
                stimulus=sheet.occurrence,
                cell=sheet.cell,
                outcome=CallOutcome.DONE,
                answered_by=by,
            )
        )


async def cut(home: House, asset: str = "server", *, down: bool = True) -> None:
    await home.ask(SetAsset(asset=asset, down=down))


async def act(browser: Browser, path: str, form: Mapping[str, str], **headers: str) -> Answer:
    """Post a form as a page of this session has it."""
    token = form_token((await browser.get("/player/documents")).body)
    return await browser.post(path, {"form_token": token, **form}, **headers)


async def body(browser: Browser, path: str) -> str:
    """A page that is there."""
    answer = await browser.get(path)
    assert answer.status == 200, (path, answer.status)
    return answer.body

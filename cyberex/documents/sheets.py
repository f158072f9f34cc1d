"""Sheets for the animation: with paper and a phone an animator misses nothing.

One page an animator, one for the head of animation, and on one page what remains for everybody.
"""

from pathlib import Path

from cyberex.documents.blocks import Heading, Paper
from cyberex.documents.markup import Markup, element, joined
from cyberex.documents.report_html import page_of
from cyberex.documents.sheets_animator import (
    actors,
    animator_body,
    blocks,
    calls_in,
    only_for_animation,
    own_lines,
)
from cyberex.documents.sheets_director import (
    branches,
    director_body,
    jumps,
    overview,
    real_stop_card,
)
from cyberex.documents.sheets_game import PaperGame
from cyberex.documents.sheets_items import voices_with_paper
from cyberex.documents.sheets_print import Printed, printed_digest, slug, write_edition
from cyberex.documents.sheets_style import SHEETS_STYLE
from cyberex.i18n import _, language
from cyberex.wording.clean import clean_line

FILES = {
    "fr": {"sheet": "fiche", "head": "fiche-diranim", "rest": "suite-sur-papier",
           "sheets": "fiches", "nobody": "sans-voix"},
    "en": {"sheet": "sheet", "head": "sheet-head-of-animation", "rest": "rest-on-paper",
           "sheets": "sheets", "nobody": "no-voice"},
}  # fmt: skip


def sheets_of(game: PaperGame) -> dict[str, str]:
    """File name -> HTML: every voice, what no voice says if there is some, the head's own."""
    names = FILES[language()]
    pages = {f"{names['head']}.html": director_sheet(game)}
    for voice in voices_with_paper(game):
        person = game.voiced_by(voice)
        parts = [names["sheet"], slug(voice) or names["nobody"]]
        parts += [slug(person.name)] if person else []
        stem = "-".join(part for part in parts if part)
        number = 1
        while f"{stem}{'' if number == 1 else f'-{number}'}.html" in pages:
            number += 1
        pages[f"{stem}{'' if number == 1 else f'-{number}'}.html"] = animator_sheet(game, voice)
    return pages


def animator_sheet(game: PaperGame, voice: str) -> str:
    title = _("Animator's sheet – {name}").format(name=game.voice_name(voice))
    return sheet_page(game, title, animator_body(game, voice))


def director_sheet(game: PaperGame) -> str:
    return sheet_page(game, _("Sheet of the head of animation"), director_body(game))


def rest_on_paper(game: PaperGame) -> str:
    """What remains, with its hours, for everybody on one page: for a laptop that dies."""
    parts = [
        only_for_animation(),
        overview(game),
        jumps(game),
        branches(game),
        element("div", real_stop_card(game), class_="part"),
    ]
    for voice in voices_with_paper(game):
        heading = Heading(_("Animator: {name}").format(name=game.voice_name(voice)))
        parts.append(
            element(
                "div",
                *blocks(heading),
                own_lines(game, voice, bulletins=False),
                *blocks(Heading(_("Whom you voice"))),
                actors(game, voice),
                calls_in(),
                class_="part",
            )
        )
    return sheet_page(game, _("What remains, on paper"), joined(*parts))


def sheet_page(game: PaperGame, title: str, body: Markup) -> str:
    """A page of the animation: its edition and digest are said on top of each one."""
    digest = _("print {digest}").format(digest=printed_digest(game.plan, game.people))
    scenario = clean_line(game.plan.title)
    subtitle = " – ".join(part for part in (game.facility, scenario, game.edition, digest) if part)
    paper = Paper(
        language=language(),
        mark=game.mark,
        title=clean_line(title),
        subtitle=subtitle,
        running=" – ".join((clean_line(title), game.edition, digest)),
        blocks=(),
        footer=_footer(game),
    )
    return page_of(paper, body, style=SHEETS_STYLE)


def _footer(game: PaperGame) -> tuple[str, ...]:
    said = [_("Holds names and numbers: to be destroyed after the exercise.")]
    if game.begun and not game.over:
        said.append(_("Hours of the room hold if nothing stops the exercise from now on."))
    if game.exercise:
        said.append(_("Exercise {exercise}.").format(exercise=game.exercise))
    return tuple(said)


def write_sheets(game: PaperGame, folder: Path) -> list[Path]:
    """Every sheet into a new sub-folder of `folder` named by the edition."""
    return _write(game, folder, "sheets", sheets_of(game))


def write_rest_on_paper(game: PaperGame, folder: Path) -> Path:
    """What remains, on one page, into a new sub-folder of `folder`; where it is."""
    name = FILES[language()]["rest"]
    return _write(game, folder, "rest", {f"{name}.html": rest_on_paper(game)})[0]


def edition_name(game: PaperGame, what: str) -> str:
    """`fiches-2027-03-08-10h37`."""
    return f"{what}-{game.room_now:%Y-%m-%d-%Hh%M}"


def _write(game: PaperGame, folder: Path, what: str, pages: dict[str, str]) -> list[Path]:
    printed = Printed(what, printed_digest(game.plan, game.people), game.room_now.isoformat())
    name = edition_name(game, FILES[language()][what])
    return write_edition(folder, name, pages, printed)

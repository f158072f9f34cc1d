"""Papers around the game: attendance, call-down, checks, handouts, notice, directory, role cards.

Those that players see tell nothing of what will happen to them.
"""

from pathlib import Path

from cyberex.documents.blocks import Block, Bullets, Grid, Heading, Paper, Paragraph
from cyberex.documents.markup import joined
from cyberex.documents.papers_lists import attendance, handouts, phone_check
from cyberex.documents.papers_players import directory, role_cards
from cyberex.documents.report_html import block_html, page_of
from cyberex.documents.sheets import edition_name
from cyberex.documents.sheets_animator import only_for_animation
from cyberex.documents.sheets_contacts import call_down_places
from cyberex.documents.sheets_director import real_stop_card
from cyberex.documents.sheets_game import PaperGame
from cyberex.documents.sheets_print import Printed, printed_digest, write_edition
from cyberex.documents.sheets_style import SHEETS_STYLE
from cyberex.i18n import _, language
from cyberex.wording.clean import clean, clean_line

FILES = {
    "fr": {"papers": "papiers", "attendance": "emargement", "call_down": "liste-d-appel",
           "phones": "verification-des-telephones", "go": "go-no-go", "finex": "finex",
           "handouts": "documents-a-remettre", "notice": "information-donnees",
           "directory": "annuaire-de-jeu", "roles": "fiches-de-role"},
    "en": {"papers": "papers", "attendance": "attendance", "call_down": "call-down-list",
           "phones": "phone-check", "go": "go-no-go", "finex": "finex",
           "handouts": "handouts", "notice": "data-notice",
           "directory": "game-directory", "roles": "role-cards"},
}  # fmt: skip


def papers_of(game: PaperGame, notice: str = "") -> dict[str, str]:
    """File name -> HTML. `notice` is the text on personal data, "" for a plain one."""
    names = FILES[language()]
    made = {
        "attendance": _page(game, _("Attendance"), attendance(game)),
        "call_down": _call_down(game),
        "phones": _page(game, _("Phone check"), phone_check(game)),
        "go": _page(game, _("Go / no-go before DEBEX"), _go(game), animation=True),
        "finex": _page(game, _("FINEX, nothing forgotten"), _finex(game), animation=True),
        "handouts": _page(game, _("Numbered handouts"), handouts(game), animation=True),
        "notice": _page(game, _("Your personal data"), _notice(notice)),
        "directory": _page(game, _("Game directory"), directory(game)),
        "roles": page_of(_paper(game, _("Role cards")), role_cards(game), style=SHEETS_STYLE),
    }
    return {f"{names[paper]}.html": page for paper, page in made.items()}


def write_papers(game: PaperGame, folder: Path, notice: str = "") -> list[Path]:
    """Every paper into a new sub-folder of `folder` named by the edition."""
    printed = Printed("papers", printed_digest(game.plan, game.people), game.room_now.isoformat())
    name = edition_name(game, FILES[language()]["papers"])
    return write_edition(folder, name, papers_of(game, notice), printed)


def _page(
    game: PaperGame, title: str, blocks: tuple[Block, ...], *, animation: bool = False
) -> str:
    body = joined(
        *([only_for_animation()] if animation else []), *(block_html(block) for block in blocks)
    )
    scenario = clean_line(game.plan.title) if animation else ""
    return page_of(_paper(game, title, scenario), body, style=SHEETS_STYLE)


def _paper(game: PaperGame, title: str, scenario: str = "") -> Paper:
    """Without the scenario's title where players read it: a title often tells the story."""
    subtitle = " – ".join(part for part in (game.facility, scenario) if part)
    return Paper(
        language=language(),
        mark=game.mark,
        title=title,
        subtitle=subtitle,
        running=f"{title} – {game.edition}",
        blocks=(),
        footer=(_("Holds names and numbers: to be destroyed after the exercise."),),
    )


def _call_down(game: PaperGame) -> str:
    return page_of(
        _paper(game, _("Call-down list: real stop and FINEX")),
        real_stop_card(game),
        style=SHEETS_STYLE,
    )


def _go(game: PaperGame) -> tuple[Block, ...]:
    checks = (
        _("Everybody is there, or the stand-in is; the sheet is signed"),
        _("Rules read; 'REAL, REAL, REAL' said and repeated by each room"),
        _("Phones checked, both directions"),
        _("No care is waiting for a player; no real alert is on"),
        _("Switchboard, security and hospital on duty are told of the exercise"),
        _("Papers printed from the version that is played; handouts prepared and numbered"),
        _("Mains, clock, journal on a safe disk; sleep of the machine is off"),
        _("Hard end of the room known by everybody"),
    )
    places = [game.names.cell(cell) for cell in game.plan.cells] + [_("Animation room")]
    return (
        Heading(_("Before each room answers")),
        Grid("", (_("Check"), _("Yes"), _("No"), _("Remark")),
             tuple((check, "☐", "☐", "") for check in checks), narrow=(1, 2), to_fill=(3,)),
        Heading(_("Each room")),
        Grid("", (_("Room"), _("GO"), _("NO GO"), _("Said by"), _("Hour")),
             tuple((place, "☐", "☐", "", "") for place in places),
             narrow=(1, 2), to_fill=(3, 4)),
        Heading(_("DEBEX")),
        Paragraph(
            _("One 'no go' is enough to wait. Only the director of the exercise gives DEBEX.")
        ),
        Grid("", (_("Ordered by"), _("Room hour of DEBEX"), _("Hard end")), (("", "", ""),),
             head=-1, to_fill=(0, 1, 2)),
    )  # fmt: skip


def _finex(game: PaperGame) -> tuple[Block, ...]:
    rooms = tuple((place.who, place.contact, "☐", "") for place in call_down_places(game))
    numbers = sorted(
        {clean_line(item.handout) for item in game.plan.stimuli.values() if item.handout}
    )
    collected = tuple((number, "☐", "") for number in numbers)
    left = (
        _("Unplugged devices are back, plugged in and tested by their owner"),
        _("Switchboard told; forwards and recorded messages removed"),
        _("Scheduled messages cancelled; nothing is waiting to be sent"),
        _("Notes, boards and declaration sheets collected; nothing left in the printers"),
        _("No one answers a player any more as somebody else"),
        _("Those who had been told of the exercise are told that it is over"),
        _("Everybody is invited to the hot debrief"),
    )
    return (
        Heading(_("Every room told: 'FINEX, end of the exercise'")),
        Grid("", (_("Whom"), _("Number"), _("Told"), _("Hour")), rooms, narrow=(2,), to_fill=(3,)),
        Heading(_("Numbered handouts collected")),
        Grid("", (_("Handout no."), _("Back"), _("From whom")), collected, narrow=(0, 1),
             to_fill=(2,))
        if collected
        else Paragraph(_("The scenario has none.")),
        Heading(_("Before leaving")),
        Grid("", (_("Check"), _("Done"), _("By")), tuple((item, "☐", "") for item in left),
             narrow=(1,), to_fill=(2,)),
    )  # fmt: skip


def _notice(notice: str) -> tuple[Block, ...]:
    said = clean(notice).strip()
    if said:
        return tuple(Paragraph(part) for part in said.split("\n\n"))
    return (
        Paragraph(
            _("You take part in an exercise. To run it the animation keeps what follows, no more.")
        ),
        Bullets(
            (
                _("What: name, function, phone, mail, the role played, what is noted in play."),
                _("Why: to ring you during the exercise and write its report. Nobody is graded."),
                _("Who: the direction of the exercise and the animators; what a cell writes on its "
                  "pages, that cell and the observers too."),
                _("Where: the computers and the papers of the exercise; messages sent by mail stay "
                  "in the facility's mailboxes."),
                _("How long: names and numbers until the final report, three months at most; "
                  "notes one year."),
                _("Your rights: ask the direction of the exercise, or the data protection officer "
                  "of the facility, to see, correct or erase what concerns you."),
                _("No real patient's data is said or written during the exercise."),
            )
        ),
    )  # fmt: skip

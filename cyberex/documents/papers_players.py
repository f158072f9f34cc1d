"""What players hold where no portal shows it: whom they may call, and who they are."""

from cyberex.documents.blocks import Block, Bullets, Facts, Grid, Heading, Paragraph
from cyberex.documents.kit.blocks_people import in_directory
from cyberex.documents.markup import Markup, element, joined
from cyberex.documents.report_html import block_html
from cyberex.documents.sheets_game import PaperGame
from cyberex.i18n import _
from cyberex.plan.model import Role
from cyberex.wording.clean import clean, clean_line


def directory(game: PaperGame) -> tuple[Block, ...]:
    """The actors who can be reached, by their names and numbers alone: no brief, no voice."""
    rows = tuple(
        (clean_line(actor.title), clean_line(actor.phone), clean_line(actor.email))
        for actor in in_directory(game.plan)
    )
    if not rows:
        return (Paragraph(_("Nobody outside the rooms can be reached.")),)
    return (
        Paragraph(
            _(
                "During the exercise, call nobody but these numbers. Begin with the word EXERCISE "
                "and say whom you ask for: several answer on one line."
            )
        ),
        Grid("", (_("Whom"), _("Phone"), _("Mail")), rows, whole=(1,)),
    )


def role_cards(game: PaperGame) -> Markup:
    """A page a role: who one is, and the rules of the game."""
    cards = (_card(game, role) for role in game.plan.roles.values())
    # The first one shares the page of the title.
    return joined(
        *(element("div", *card, class_="part" if index else "card-of-role")
          for index, card in enumerate(cards))
    )  # fmt: skip


def _card(game: PaperGame, role: Role) -> list[Markup]:
    brief = clean(role.brief).strip()
    held = [game.names.person(person) for person in game.people if person.role == role.id]
    facts = ((_("Cell"), game.names.cell(role.cell)), (_("Held by"), ", ".join(held)))
    found: list[Block] = [
        Heading(game.names.role(role.id)),
        Facts(tuple(item for item in facts if item[1])),
    ]
    if brief:
        found.append(Paragraph(brief))
    return [block_html(block) for block in (*found, *rules(game))]


def rules(game: PaperGame) -> tuple[Block, ...]:
    """The rules of the game, none if the scenario states none."""
    said = tuple(clean_line(rule) for rule in game.plan.rules)
    return (Heading(_("Rules of the game"), 3), Bullets(said)) if said else ()

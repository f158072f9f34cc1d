"""Which check-lists are there, and what is not ticked yet."""

from cyberex.console.desk import Desk
from cyberex.i18n import _, ngettext
from cyberex.views.checklists import ChecklistItem, briefing_items, finex_items
from cyberex.wording.items import item_words

MOST = 6
"""So many items are named before DEBEX; the others are counted."""


def briefing_list(desk: Desk) -> tuple[ChecklistItem, ...]:
    """Before DEBEX; the contact test too where the pages or the mail are in use."""
    portal, mail = desk.services.portal, desk.services.mail
    tested = (portal is not None and portal.running) or (mail is not None and mail.configured)
    return briefing_items(desk.plan, desk.people, contact_test=tested)


def finex_list(desk: Desk) -> tuple[ChecklistItem, ...]:
    """After FINEX: what was handed over is what really reached a cell."""
    return finex_items(desk.plan, desk.people, desk.board.chronogram, desk.sim_ms())


def not_ticked(desk: Desk) -> list[str]:
    """What is missing before DEBEX, in a few lines; [] if nothing is."""
    left = desk.board.checklists.left(briefing_list(desk))
    if not left:
        return []
    said = ngettext("{count} point not ticked:", "{count} points not ticked:", len(left))
    lines = [said.format(count=len(left))]
    lines += [f"□ {item_words(item.code, desk.names)}" for item in left[:MOST]]
    if len(left) > MOST:
        lines.append(_("… and {count} more (B).").format(count=len(left) - MOST))
    return lines

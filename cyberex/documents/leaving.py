"""What reached each cell without an animator, and what became of it: a part of the report."""

from cyberex.documents.blocks import Block, Bullets, Grid, Heading
from cyberex.documents.game import PastGame
from cyberex.facts.model import Outbox
from cyberex.i18n import _
from cyberex.views.inboxes import ItemStatus
from cyberex.views.outboxes import Delivery, DeliveryState
from cyberex.wording.leaving import failure


def leaving(game: PastGame) -> tuple[Block, ...]:
    """Nothing where no outbox took anything."""
    if not game.board.outboxes.deliveries:
        return ()
    columns = (
        _("Cell"),
        _("By the portal"),
        _("acknowledged"),
        _("dealt with"),
        _("By mail"),
        _("not sent or doubtful"),
    )
    rows = tuple(_row(game, cell) for cell in game.plan.cells)
    told = tuple(_told(game, item) for item in game.board.outboxes.leaving)
    return (
        Heading(_("Portal and mail")),
        Grid("", columns, rows, narrow=(1, 2, 3, 4, 5)),
        *([Bullets(told)] if told else []),
    )


def _row(game: PastGame, cell: str) -> tuple[str, ...]:
    shown = [item for item in game.board.inboxes.items(cell) if item.by_portal]
    mails = [
        item
        for item in game.board.outboxes.deliveries
        if item.cell == cell and item.outbox is Outbox.MAIL
    ]
    sent = [item for item in mails if item.state is DeliveryState.SENT]
    counts = (
        len(shown),
        sum(not item.unread for item in shown),
        sum(item.status is ItemStatus.DEALT_WITH for item in shown),
        len(sent),
        len(mails) - len(sent),
    )
    return (game.names.short_cell(cell), *map(str, counts))


def _told(game: PastGame, item: Delivery) -> str:
    why = failure(item.code) if item.code else _("nobody knows whether it left")
    return _("{stimulus}, {cell}: {why}").format(
        stimulus=game.stimulus(item.occurrence), cell=game.names.short_cell(item.cell), why=why
    )

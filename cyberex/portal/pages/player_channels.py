"""Which channels work in the game, tab by tab, and by which of them a cell can write."""

from collections.abc import Sequence
from dataclasses import dataclass

from cyberex.i18n import _, ngettext
from cyberex.plan.model import Channel
from cyberex.portal.page import Asked
from cyberex.portal.pages.player_items import (
    CALL,
    group_of,
    is_cut,
    names_of,
    received,
    waits,
)
from cyberex.views.inboxes import InboxItem
from cyberex.views.situation import State

ALL = "all"
GROUPS = ("email", "sms", CALL, "document", "media")


@dataclass(frozen=True, slots=True)
class Tab:
    """`count` is all that is there, `unread` what waits. `cut`: the channels of this tab that do
    not work, `is_down` when none does."""

    group: str
    label: str
    count: int
    unread: int
    cut: tuple[str, ...] = ()
    is_down: bool = False


@dataclass(frozen=True, slots=True)
class Cut:
    """One channel that does not work, and how many messages cannot be read because of it."""

    channel: str
    unreadable: int

    @property
    def said(self) -> str:
        """How many, in words; "" for none."""
        if not self.unreadable:
            return ""
        return ngettext(
            "{count} message received before cannot be read now.",
            "{count} messages received before cannot be read now.",
            self.unreadable,
        ).format(count=self.unreadable)


def label(group: str) -> str:
    return {
        ALL: _("Everything"),
        "email": _("Mails"),
        "sms": _("Text messages"),
        CALL: _("Calls"),
        "document": _("Documents"),
        "media": _("Media"),
    }[group]


def tabs(asked: Asked) -> tuple[Tab, ...]:
    """One for everything, then one for each kind that the scenario knows."""
    items = received(asked)
    known = {group_of(channel.kind) for channel in asked.exercise.plan.channels.values()}
    known |= {group_of(item.kind) for item in items}
    found = [_tab(asked, ALL, items)]
    for group in GROUPS:
        if group in known:
            of_group = [item for item in items if group_of(item.kind) == group]
            found.append(_tab(asked, group, of_group))
    return tuple(found)


def _tab(asked: Asked, group: str, items: Sequence[InboxItem]) -> Tab:
    readable = [item for item in items if not is_cut(asked.board, item)]
    names = names_of(asked)
    down = channels_down(asked)
    channels = [
        channel.id
        for channel in asked.exercise.plan.channels.values()
        if group_of(channel.kind) == group
    ]
    cut = tuple(names.channel(channel) for channel in channels if channel in down)
    return Tab(
        group,
        label(group),
        len(readable),
        sum(map(waits, readable)),
        cut,
        is_down=bool(channels) and len(cut) == len(channels),
    )


def channels_down(asked: Asked) -> frozenset[str]:
    """None once the game is over."""
    if asked.board.situation.state in (State.DEBRIEF, State.CLOSED):
        return frozenset()
    return frozenset(asked.board.world.channels_down)


def cuts(asked: Asked, group: str) -> tuple[Cut, ...]:
    """The channels of this tab that do not work."""
    names = names_of(asked)
    items = received(asked)
    return tuple(
        Cut(
            names.channel(channel),
            sum(item.channel == channel and is_cut(asked.board, item) for item in items),
        )
        for channel in asked.exercise.plan.channels
        if channel in channels_down(asked) and group in (ALL, _group(asked, channel))
    )


def _group(asked: Asked, channel: str) -> str:
    return group_of(asked.exercise.plan.channels[channel].kind)


def shown(asked: Asked, group: str) -> tuple[InboxItem, ...]:
    """What this tab lists: what can be read now."""
    return tuple(
        item
        for item in received(asked)
        if group in (ALL, group_of(item.kind)) and not is_cut(asked.board, item)
    )


def to_write_by(asked: Asked) -> tuple[tuple[Channel, bool], ...]:
    """The channels by which one writes, and whether each works."""
    down = channels_down(asked)
    return tuple(
        (channel, channel.id not in down)
        for channel in asked.exercise.plan.channels.values()
        if channel.kind in ("email", "sms")
    )


def to_be_rung_by(asked: Asked) -> Channel | None:
    """The first telephone that works; None: nobody can ring."""
    down = channels_down(asked)
    return next(
        (
            channel
            for channel in asked.exercise.plan.channels.values()
            if channel.kind == "phone" and channel.id not in down
        ),
        None,
    )

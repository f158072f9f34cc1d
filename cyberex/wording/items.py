"""What stands on the check-lists of the briefing and of FINEX, made from item codes."""

from cyberex.i18n import _
from cyberex.wording.clean import clean_line
from cyberex.wording.names import Names


def item_words(code: str, names: Names) -> str:
    """`phone/crisis/out` said to a person; a code nobody foresaw is shown as it is."""
    match code.split("/"):
        case ["present", who]:
            return _("present: {who}").format(who=names.who(who))
        case ["rules"]:
            return _("the rules of the game were read out")
        case ["code-word"]:
            said = _("the words of the real stop were said: “{words}”")
            return said.format(words=names.stop_words)
        case ["contact-test"]:
            return _("the contact test was sent, and who was not reached is known")
        case ["phone", cell, "out"]:
            return _("telephone: the animation rang {cell}").format(cell=names.cell(cell))
        case ["phone", cell, "in"]:
            return _("telephone: {cell} rang the animation").format(cell=names.cell(cell))
        case ["go", cell]:
            return _("go: {cell} is ready").format(cell=names.cell(cell))
        case ["finex", *rest]:
            return _finex(rest, names) or clean_line(code)
        case ["observe", cell, *criterion]:
            return _("observed in {cell}: {what}").format(
                cell=names.cell(cell), what=clean_line("/".join(criterion))
            )
        case ["left", occurrence, cell]:
            return _("on the way to {cell}: {stimulus}").format(
                cell=names.cell(cell), stimulus=names.code(occurrence)
            )
        case _:
            return clean_line(code)


def _handout(stimulus: str, names: Names) -> str:
    """`no. 4 S19 Ransom note (Crisis, Care)`: what to look for, and in which rooms."""
    number = names.handout(stimulus)
    parts = (
        _("no. {number}").format(number=number) if number else "",
        names.code(stimulus),
        names.title(stimulus),
    )
    what, rooms = " ".join(part for part in parts if part), names.rooms(stimulus)
    return f"{what} ({rooms})" if rooms else what


def _finex(rest: list[str], names: Names) -> str:
    match rest:
        case ["told", cell]:
            return _("told that it is over: {who}").format(who=names.cell(cell))
        case ["remote", who]:
            return _("told that it is over: {who}").format(who=names.who(who))
        case ["handout", stimulus]:
            return _("collected: {what}").format(what=_handout(stimulus, names))
        case ["devices"]:
            return _("what was unplugged is plugged again")
        case ["switchboard"]:
            return _("the switchboard is back to normal")
        case ["messages"]:
            return _("scheduled messages are stopped")
        case _:
            return ""

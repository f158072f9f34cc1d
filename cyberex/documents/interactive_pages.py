"""The screens drawn: what each kind shows below the mark. Text in, markup out."""

from collections.abc import Callable, Mapping

from cyberex.documents.interactive_screens import Kind, Screen
from cyberex.documents.interactive_text import headline, post
from cyberex.documents.markup import Markup, element, joined
from cyberex.i18n import _
from cyberex.times import format_fiction

NAME_END = (",", " (")


def _ransom(screen: Screen) -> Markup:
    title, *rest = screen.body or (screen.title,)
    long_title = len(title) > 60
    heading = _("Your files") if long_title else title.rstrip(".")
    lines = (title, *rest) if long_title else tuple(rest)
    clock: tuple[Markup, ...] = ()
    if screen.term_s is not None:
        # Without a script, the figures simply stand.
        followed = screen.pace is not None
        figures = element(
            "output",
            _hours(screen.term_s),
            role="timer",
            data_seconds=None if followed else str(screen.term_s),
            data_countdown_s=str(screen.term_s) if followed else None,
            data_pace=screen.pace,
        )
        clock = (element("div", element("p", _("Time left")), figures, class_="countdown"),)
    main = element(
        "main",
        element("h1", heading),
        *clock,
        element("div", *_paragraphs(lines), class_="letter"),
    )
    return joined(main, _aside(screen.outlet))


def _threat(screen: Screen) -> Markup:
    main = element(
        "main", element("div", *_paragraphs(screen.body or (screen.title,)), class_="letter")
    )
    return joined(main, _aside(screen.outlet))


def _note(screen: Screen) -> Markup:
    return joined(
        element("main", element("h1", screen.sender), *_paragraphs(screen.body)),
        _aside(screen.outlet),
    )


def _tv(screen: Screen) -> Markup:
    where, title, rest = headline(screen.body or (screen.title,))
    lower = element(
        "div",
        *([element("p", where, class_="kicker")] if where else []),
        element("h1", title),
        class_="lower",
    )
    crawl = [element("div", *_paragraphs(rest), class_="crawl")] if rest else []
    channel = element("p", _name(screen.outlet or screen.sender), class_="channel")
    return element("main", element("div", channel, class_="picture"), lower, *crawl)


def _newspaper(screen: Screen) -> Markup:
    _where, title, rest = headline(screen.body or (screen.title,))
    day = _day(screen)
    masthead = element(
        "div",
        element("strong", _name(screen.outlet or screen.sender)),
        element("span", day),
        class_="masthead",
    )
    return element(
        "main",
        masthead,
        element("h1", title),
        element("div", *_paragraphs(rest), class_="columns"),
    )


def _posts(screen: Screen) -> Markup:
    network, _comma, account = (screen.outlet or screen.sender).partition(",")
    account = account.strip() or _name(screen.sender)
    shown = post(screen.body or (screen.title,))
    who = element("p", element("b", _initial(account), aria_hidden="true"), account, class_="who")
    article = element(
        "article",
        who,
        element("p", shown.message, class_="message"),
        *(element("p", _in_brackets(picture), class_="photo") for picture in shown.pictures),
        *([element("p", _figures(shown.figures), class_="figures")] if shown.figures else []),
    )
    comments = (
        element("h2", _("Comments")),
        element("ul", *(element("li", text) for text in shown.comments), class_="comments"),
    )
    return element(
        "main",
        element("p", _name(network), class_="network"),
        article,
        *(comments if shown.comments else ()),
    )


def _sms(screen: Screen) -> Markup:
    return element(
        "main",
        element("h1", screen.sender),
        element("div", *_paragraphs(screen.body or (screen.title,)), class_="bubble"),
    )


def _email(screen: Screen) -> Markup:
    subject = next((line for line in screen.body if line.lower().startswith("objet")), "")
    body = tuple(line for line in screen.body if line != subject)
    said = subject.partition(":")[2].strip() or screen.outlet or screen.title
    fields = ((_("From"), screen.sender), (_("Subject"), said))
    pairs = (element("div", element("dt", name), element("dd", text)) for name, text in fields)
    return element("main", element("dl", *pairs), *_paragraphs(body))


DRAWN: Mapping[Kind, Callable[[Screen], Markup]] = {
    Kind.RANSOM: _ransom,
    Kind.THREAT: _threat,
    Kind.TV: _tv,
    Kind.NEWSPAPER: _newspaper,
    Kind.POSTS: _posts,
    Kind.SMS: _sms,
    Kind.EMAIL: _email,
    Kind.NOTE: _note,
}


def _paragraphs(lines: tuple[str, ...]) -> tuple[Markup, ...]:
    """A line in square brackets is about the exercise, not of the fiction."""
    return tuple(
        element("p", line, class_="real" if line.startswith("[") else None) for line in lines
    )


def _aside(text: str) -> Markup:
    """How it came to be seen, as the author tells it."""
    return element("p", text, class_="aside") if text else Markup()


def _in_brackets(text: str) -> str:
    return f"[{text.rstrip('.')}]"


def _figures(figures: tuple[str, ...]) -> str:
    return " · ".join(text.rstrip(".") for text in figures)


def _name(text: str) -> str:
    """`Pépie, réseau social (fictif)` as it is called."""
    for end in NAME_END:
        text = text.partition(end)[0]
    return text.removeprefix("Rédaction d'").removeprefix("Rédaction du ").strip()


def _day(screen: Screen) -> str:
    if screen.now is None:
        return ""
    weekday = format_fiction(screen.now, language=screen.language).split()[0]
    return f"{weekday} {screen.now:%d/%m/%Y}"


def _initial(account: str) -> str:
    """The letter of a portrait that nobody has."""
    name = account.partition("«")[2] or account
    return next((char.upper() for char in name if char.isalpha()), "?")


def _hours(seconds: int) -> str:
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"

"""What does an author's text say that a page shows apart? Its heading, quotations, comments, term.

Pure reading of French texts as the kits write them; whatever is not recognised stays plain text.
"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from cyberex.wording.clean import clean

MARK = "EXERCICE"
WORDS = {"un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7,
         "huit": 8, "dix": 10, "douze": 12}  # fmt: skip
MONTHS = ("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre",
          "octobre", "novembre", "décembre")  # fmt: skip
LONGEST = timedelta(days=30)

_mark = re.compile(rf"^(?:{MARK}[ \t]*)+[.:!–—-]*\s*", re.IGNORECASE)
_quote = re.compile(r"«\s*(.+?)\s*»", re.DOTALL)
_comments = re.compile(r"(?i)commentaires|dont\s*:")
_introduces = re.compile(r"(?i)(?:dans les commentaires|,?\s*dont)\s*:\s*$")
_length = re.compile(rf"(?i)\b(\d{{1,3}}|{'|'.join(WORDS)})\s+(heures?|jours?|hours?|days?)\b")
_date = re.compile(
    rf"(?i)jusqu['’](?:au|à)\s+(?:\w+di\s+|dimanche\s+)?(\d{{1,2}})(?:er)?\s+({'|'.join(MONTHS)})"
    r"(?:\s+\d{4})?\s+à\s+(\d{1,2})\s*h(?:eures?)?\s*(\d{2})?"
)
_of_before = re.compile(r"(?i)(?:il y a|depuis|moins de|à)\s+$")


@dataclass(frozen=True, slots=True)
class Said:
    """`heading` is what stands before the text proper ("" if nothing), on one line; `body` its
    paragraphs."""

    heading: str
    body: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Post:
    """`message`: what was published; `pictures` described in words; `figures` how far it went;
    `comments` below it."""

    message: str
    pictures: tuple[str, ...]
    figures: tuple[str, ...]
    comments: tuple[str, ...]


def read(text: str) -> Said:
    """The text without its marks, which every page bears. The first line is a heading when it
    introduces what follows: after a dash, or ended by a colon."""
    lines = [line.strip() for line in clean(text).strip().split("\n")]
    first = lines[0] if lines else ""
    rest = _mark.sub("", first)
    dashed = bool(re.match(rf"(?i)^{MARK}\s*[–—-]", first))
    if rest != first and (dashed or rest.endswith(":")):
        return Said(rest.rstrip(" :.\u00a0\u202f"), _paragraphs(lines[1:]))
    return Said("", _paragraphs([rest, *lines[1:]]))


def _paragraphs(lines: list[str]) -> tuple[str, ...]:
    """No line ends on an opening guillemet, none begins with a closing one."""
    return tuple(line.replace("« ", "«\u00a0").replace(" »", "\u00a0»") for line in lines if line)


def post(body: tuple[str, ...]) -> Post:
    """A publication taken apart; a text without quotation is the message itself."""
    message, pictures, figures, comments = "", [], [], []
    for line in body:
        quotes = _quote.findall(line)
        if line.lower().startswith(("photo", "image", "capture", "à l'écran", "à l’écran")):
            described, guillemet, _quoted = line.partition("«")
            if guillemet and not message and described.rstrip().endswith("."):
                message, line = _quote.findall(line)[0], described
            pictures.append(line.strip())
        elif message and quotes and (_comments.search(line) or line.startswith("«")):
            comments.extend(quotes)
            said = line.split("«")[0]
            figures.extend(_sentences(_introduces.sub("", said)))
        elif quotes and not message:
            message = "\n".join(quotes) if line.startswith("«") else line
            trailing = line.rsplit("»", 1)[-1].strip(" .")
            if line.startswith("«") and trailing:
                figures.append(trailing + ".")
        else:
            figures.extend(_sentences(line))
    if not message:
        message, figures = "\n".join(body), []
    return Post(message, tuple(pictures), tuple(figures), tuple(comments))


def _sentences(text: str) -> list[str]:
    found = [part.strip(" .,") for part in re.split(r"(?<=[.!?])\s+", text)]
    return [part for part in found if part]


def headline(body: tuple[str, ...]) -> tuple[str, str, tuple[str, ...]]:
    """What a news title is made of: where, the title, the rest. The title is the line that shouts
    (mostly capitals), else the first quotation, else the first line."""
    shouting = next((line for line in body if _shouts(line)), "")
    chosen = shouting or next((line for line in body if line.startswith("«")), body[0])
    rest = tuple(line for line in body if line is not chosen)
    if not shouting:
        quoted = _quote.match(chosen)
        chosen = quoted.group(1) if quoted else chosen
    where, colon, title = chosen.partition(" : ")
    if not colon:
        where, colon, title = chosen.partition("\u00a0: ")
    if colon and len(where) <= 40:
        return where.strip(), *_split_title(title.strip(), rest)
    return "", *_split_title(chosen, rest)


def _split_title(title: str, rest: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """A title is one sentence: what comes after it goes with the rest."""
    title = title[:1].upper() + title[1:]
    found = re.match(r"(.{12,}?[.!?])\s+(\S.*)$", title, re.DOTALL)
    return (found.group(1), (found.group(2), *rest)) if found else (title, rest)


def _shouts(line: str) -> bool:
    letters = [char for char in line if char.isalpha()]
    return len(letters) >= 12 and sum(char.isupper() for char in letters) > 0.6 * len(letters)


def term_s(body: tuple[str, ...], now: datetime | None) -> int | None:
    """Seconds that the text leaves: the first length of time it gives, else until the date it names
    if `now` (the fiction's hour) is known. None if it sets no term."""
    text = "\n".join(body)
    for found in _length.finditer(text):
        if _of_before.search(text[: found.start()]):
            continue
        number = found.group(1).lower()
        count = WORDS.get(number) or int(number)
        unit_s = 86_400 if found.group(2).lower().startswith(("j", "d")) else 3_600
        return count * unit_s
    dated = _date.search(text)
    return _until(dated, now) if dated and now is not None else None


def _until(dated: "re.Match[str]", now: datetime) -> int | None:
    month = MONTHS.index(dated.group(2).lower()) + 1
    for year in (now.year, now.year + 1):
        try:
            end = datetime(
                year, month, int(dated.group(1)), int(dated.group(3)), int(dated.group(4) or 0)
            )
        except ValueError:
            return None
        if timedelta() < end - now <= LONGEST:
            return int((end - now).total_seconds())
    return None

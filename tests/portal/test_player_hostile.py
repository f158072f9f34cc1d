"""Whatever a text holds, pages show it as text and stay themselves."""

from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.portal.house import Browser, House
from tests.portal.players import CRISIS, act, begin, body, players, write_to

TAGS = '<script>alert(1)</script><img src=x onerror="alert(2)"><b style="color:red">gras</b>'
HOSTILE = {
    "tags": TAGS,
    "quotes": '" onmouseover="alert(3)" x="\' autofocus onfocus=alert(4) y=\'',
    "links": "javascript:alert(5) [ici](javascript:alert(6)) <a href='javascript:alert(7)'>là</a>",
    "entities": "&lt;script&gt; &#60;img&#62; </textarea></title></style><svg onload=alert(8)>",
    "template": "{{ 7*7 }} {% import os %} ${+30 min} ${x}",
    "turned": "gpj.\u202eexe\u202c \u2066caché\u2069 \u200f",
    "terminal": "\x1b[2J\x1b]0;titre\x07 \x9b31m \x00 \x08",
    "marks": "a" + "\u0300" * 3000,
    "surrogate-like": "\ufffe \U000e0041 \U0010ffff",
}
PAGES = ("/player", "/player/write", "/player/log", "/player/log/print", "/player/part/sent")
KNOWN = {
    "html", "head", "meta", "title", "link", "script", "body", "a", "header", "div", "strong",
    "span", "time", "p", "nav", "ul", "li", "main", "h1", "h2", "h3", "section", "article", "form",
    "input", "label", "button", "textarea", "select", "option", "fieldset", "legend", "table",
    "thead", "tbody", "tr", "th", "td", "dl", "dt", "dd", "ol", "br", "footer", "noscript",
}  # fmt: skip


class Reader(HTMLParser):
    """What a browser would run or follow."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.wrong: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in KNOWN:
            self.wrong.append(tag)
        for name, value in attrs:
            if name.startswith("on") or name in ("style", "autofocus", "srcdoc"):
                self.wrong.append(f"{tag} {name}")
            if name in ("href", "src", "action") and not (value or "").startswith(("/", "#")):
                self.wrong.append(f"{tag} {name}={value}")
        if tag == "script" and "src" not in dict(attrs):
            self.wrong.append("script without src")


async def fill(home: House, browser: Browser, text: str) -> str:
    """The text everywhere a text may be; the key of the message that bears it."""
    key = await write_to(home, "crisis", text, title=text)
    await act(browser, "/player/write/animation", {"text": text})
    await act(browser, "/player/log", {"kind": "action", "text": text, "owner": text[:100]})
    return key


@pytest.mark.parametrize("name", HOSTILE)
async def test_a_hostile_text_is_only_text(tmp_path: Path, name: str) -> None:
    async with players(tmp_path) as home:
        await begin(home)
        browser = await home.joined(CRISIS)
        key = await fill(home, browser, HOSTILE[name])
        for path in (*PAGES, f"/player/item/{key}"):
            page = await body(browser, path)
            assert Reader(page).wrong == [], path
            for char in "\x1b\x9b\x00\x07\u202e\u2066\u200f":
                assert char not in page


async def test_a_hostile_draft_is_given_back_as_text(tmp_path: Path) -> None:
    async with players(tmp_path) as home:
        await begin(home)
        browser = await home.joined(CRISIS)
        draft = HOSTILE["entities"] + "x" * 4000
        for path, form in (("/player/write/animation", {}), ("/player/log", {"kind": TAGS})):
            answer = await act(browser, path, {"text": draft, **form})
            assert answer.status == 422
            assert Reader(answer.body).wrong == []


async def test_a_hostile_search_is_shown_as_text(tmp_path: Path) -> None:
    async with players(tmp_path) as home:
        browser = await home.joined(CRISIS)
        page = await body(browser, "/player/write?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E")
        assert Reader(page).wrong == []
        assert "alert(1)" in page


async def test_an_unknown_tab_is_the_one_of_everything(tmp_path: Path) -> None:
    async with players(tmp_path) as home:
        page = await body(await home.joined(CRISIS), "/player?show=%22%3E%3Cb%3E")
        assert "<b>" not in page
        assert "?show=all&amp;key=" in page


def test_the_reader_sees_what_is_wrong() -> None:
    assert Reader(TAGS).wrong == [
        "script without src", "img", "img src=x", "img onerror", "b", "b style",
    ]  # fmt: skip

"""No page of anybody needs what the policy forbids, nor anything from outside."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from starlette.routing import Route

from cyberex.facts.model import AccessKind
from cyberex.portal.app import HOMES, PAGES
from cyberex.portal.audience import Audience
from cyberex.portal.rendering import TEMPLATES
from tests.portal.house import House, house

AUDIENCES = (
    Audience(AccessKind.PLAYER, "crisis"),
    Audience(AccessKind.PLAYER, "crisis", "it"),
    Audience(AccessKind.OBSERVER, "crisis"),
    Audience(AccessKind.ANIMATOR, voice="animator-1"),
    Audience(AccessKind.WALL),
)


class Forbidden(HTMLParser):
    """What a page holds that the policy would stop, or that comes from elsewhere."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "style" or (tag == "script" and "src" not in values):
            self.found.append(f"<{tag}>")
        for name, value in values.items():
            said = value or ""
            if name == "style" or name.startswith(("on", "hx-on")):
                self.found.append(f"{tag} {name}")
            if name in ("src", "href", "action", "hx-get", "hx-post") and (
                ":" in said or said.startswith("//")
            ):
                self.found.append(f"{tag} {name}={said}")
            if "js:" in said or "javascript:" in said:
                self.found.append(f"{tag} {name}={said}")


def forbidden(page: str) -> list[str]:
    parser = Forbidden()
    parser.feed(page)
    return parser.found


def paths_of(home: House, kind: AccessKind) -> Iterator[str]:
    """Every address of the kind that needs no key to be asked for."""
    routes = [route for routes_of in PAGES for route in routes_of(home.portal)]
    for route in routes:
        shown = isinstance(route, Route) and "GET" in (route.methods or ())
        if shown and "{" not in route.path and route.path.startswith(HOMES[kind]):  # type: ignore[attr-defined]
            yield route.path  # type: ignore[attr-defined]


@pytest.mark.parametrize("audience", AUDIENCES, ids=lambda who: who.kind.value + who.role)
async def test_no_page_holds_what_the_policy_forbids(tmp_path: Path, audience: Audience) -> None:
    async with house(tmp_path, pages=PAGES) as home:
        browser = await home.joined(audience)
        found = []
        for minutes in (0, 12):
            if minutes:
                await home.to_play()
                await home.play(minutes)
            for path in paths_of(home, audience.kind):
                answer = await browser.get(path)
                # Some need a key in the query.
                assert answer.status in (200, 404), (path, answer.body)
                assert answer.status == 200 or path != HOMES[audience.kind]
                found += [f"{path}: {what}" for what in forbidden(answer.body)]
        assert found == []
        assert home.bugs == []


def test_no_template_holds_what_the_policy_forbids() -> None:
    tag = re.compile(r"<style|<script(?![^>]*\ssrc=)|\sstyle=|\son[a-z]+=|javascript:|hx-on")
    found = [
        f"{path.name}: {match}"
        for path in sorted(TEMPLATES.rglob("*.html"))
        for match in tag.findall(path.read_text(encoding="utf-8"))
    ]
    assert found == []


def test_no_template_turns_escaping_off() -> None:
    off = re.compile(r"\|\s*safe\b|autoescape")
    named = [
        path.name for path in sorted(TEMPLATES.rglob("*.html")) if off.search(path.read_text())
    ]
    assert named == []


@pytest.mark.parametrize(
    "page",
    [
        "<script>x</script>",
        "<style>p{}</style>",
        '<p style="color:red">',
        '<p onclick="x">',
        '<a href="https://elsewhere.example">',
        '<img src="//elsewhere.example/a.png">',
        '<a href="javascript:x">',
    ],
)
def test_what_the_policy_forbids_is_found(page: str) -> None:
    assert forbidden(page)

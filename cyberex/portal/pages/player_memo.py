"""A fragment that many devices of one cell fetch at once is made once.

They all ask when something reaches their cell; the game must not wait for as many pages.
"""

import secrets
from collections.abc import Callable
from typing import Any

from starlette.responses import HTMLResponse, Response

from cyberex.portal.page import Asked, new_once

MOST = 500


class Memo:
    """Fragments as of the last event recorded. What is a session's own (its form tokens) is put in
    afterwards, where nobody can have written the mark that it replaces."""

    def __init__(self) -> None:
        self._seq = -1
        self._made: dict[tuple[str, ...], str] = {}
        self._token, self._once = secrets.token_hex(16), secrets.token_hex(16)

    def part(
        self, asked: Asked, template: str, values: Callable[[], dict[str, Any]], *named: str
    ) -> Response:
        """The fragment for this audience; `named` is all that it depends on besides the board."""
        visitor, seq = asked.visitor, asked.board.seq
        if seq != self._seq or len(self._made) >= MOST:
            self._seq = seq
            self._made.clear()
        key = (template, visitor.cell, visitor.role, visitor.person, *named)
        if key not in self._made:
            self._made[key] = asked.portal.renderer.render(
                template, form_token=self._token, once=self._once, **values()
            )
        page = self._made[key].replace(self._token, visitor.form_token)
        return HTMLResponse(page.replace(self._once, new_once()))

"""Few pages are made between two looks at everything else, the game first of all.

A page takes some milliseconds of the one processor; hundreds asked for at once, by anybody on the
network, would hold the exercise for seconds.
"""

import asyncio

from starlette.types import ASGIApp, Message, Receive, Scope, Send

PAGES_AT_ONCE = 2


class Turns:
    """`inner` makes a page in its turn, and gives it once that is over: whoever takes it slowly
    keeps no turn. Only for what waits for nothing of its asker: others take `turn` themselves."""

    def __init__(self, inner: ASGIApp, turn: asyncio.Semaphore) -> None:
        self._inner = inner
        self._turn = turn

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not waits_for_nothing(scope):
            await self._inner(scope, receive, send)
            return
        made: list[Message] = []

        async def keep(message: Message) -> None:
            made.append(message)

        async with self._turn:
            await self._inner(scope, receive, keep)
        for message in made:
            await send(message)


def waits_for_nothing(scope: Scope) -> bool:
    """A page or a fragment, neither a form nor the live events."""
    return scope.get("method") in ("GET", "HEAD") and scope["path"] != "/live"

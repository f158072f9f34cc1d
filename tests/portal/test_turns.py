"""However many pages are asked for at once, the game has its turn in between."""

import asyncio

from starlette.types import Message, Receive, Scope, Send

from cyberex.portal.turns import PAGES_AT_ONCE, Turns


class Page:
    """Made in two steps; `most` is how many were being made at once."""

    def __init__(self) -> None:
        self.making = self.most = 0

    async def __call__(self, _: Scope, __: Receive, send: Send) -> None:
        self.making += 1
        self.most = max(self.most, self.making)
        await asyncio.sleep(0)
        self.making -= 1
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"page"})


async def nothing_more() -> Message:
    return {"type": "http.disconnect"}


def asked(method: str = "GET", path: str = "/player") -> Scope:
    return {"type": "http", "method": method, "path": path}


async def test_few_pages_are_made_at_once() -> None:
    page = Page()
    turns = Turns(page, asyncio.Semaphore(PAGES_AT_ONCE))
    given: list[Message] = []

    async def take(message: Message) -> None:
        given.append(message)

    await asyncio.gather(*(turns(asked(), nothing_more, take) for _ in range(50)))
    assert page.most == PAGES_AT_ONCE
    assert [item.get("body") for item in given].count(b"page") == 50


async def test_whoever_takes_a_page_slowly_keeps_no_turn() -> None:
    turns = Turns(Page(), asyncio.Semaphore(1))
    taken, given = asyncio.Event(), []

    async def never(_: Message) -> None:
        await taken.wait()

    async def take(message: Message) -> None:
        given.append(message)

    slow = asyncio.ensure_future(turns(asked(), nothing_more, never))
    async with asyncio.timeout(5):
        await turns(asked(), nothing_more, take)
    assert len(given) == 2
    taken.set()
    await slow


async def test_a_form_that_comes_slowly_and_live_events_keep_no_turn() -> None:
    turn = asyncio.Semaphore(1)
    over = asyncio.Event()

    async def lasting(_: Scope, __: Receive, ___: Send) -> None:
        await over.wait()

    async def take(_: Message) -> None:
        pass

    turns = Turns(lasting, turn)
    waiting = [
        asyncio.ensure_future(turns(scope, nothing_more, take))
        for scope in (asked("POST", "/join"), asked(path="/live"))
    ]
    await asyncio.sleep(0)
    assert not turn.locked()
    over.set()
    await asyncio.gather(*waiting)

"""Live events: exactly once, in order, to those they concern, taken up again after a cut."""

import asyncio
from pathlib import Path

from starlette.types import Message

from cyberex.facts.commands import Close, GiveDebex, GiveFinex, Pause, Resume, StartBriefing
from cyberex.facts.delivery_commands import GrantAccess, OpenOutbox
from cyberex.facts.model import AccessKind, Outbox
from cyberex.portal.audience import Audience
from cyberex.portal.live import BEAT_S, LONGEST_LAG, MOST_STREAMS, STALLED_S
from tests.portal.house import OTHER, PLAYER, Browser, House, Live, house


async def news(live: Live) -> tuple[int, str]:
    """The id and the topics of the next event that is one."""
    while True:
        event = await live.next()
        if event.get("event") == "changed":
            return int(event["id"]), event["data"]
        assert event.get("event") == "beat", event


async def pauses(home: House, times: int) -> None:
    for _ in range(times):
        await home.ask(Pause())
        await home.ask(Resume())


async def test_a_page_follows_the_exercise(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        browser = await home.joined()
        async with browser.live() as live:
            await home.ask(StartBriefing())
            assert await news(live) == (home.exercise.board.seq, "state")


async def test_what_was_missed_comes_first_and_once(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        browser = await home.joined()
        await home.to_play()
        async with browser.live() as live:
            await home.ask(Pause())
            seen, _ = await news(live)
        await home.ask(Resume())
        await pauses(home, 2)
        async with browser.live(last_event_id=str(seen)) as live:
            await home.ask(Pause())
            ids = [(await news(live))[0] for _ in range(6)]
        last = home.exercise.board.seq
        assert ids == list(range(last - 5, last + 1))


async def test_a_page_begins_where_it_was_made(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        browser = await home.joined()
        made_at = home.exercise.board.seq
        await home.ask(StartBriefing())
        async with browser.live(path=f"/live?after={made_at}") as live:
            assert (await news(live))[1] == "state"


async def test_a_page_asked_for_often_does_not_tell_when_others_get_something(
    tmp_path: Path,
) -> None:
    async with house(tmp_path) as home:
        browser = await home.joined()
        await home.to_play()
        await home.play(4)
        quiet = (await browser.get("/player")).body
        await home.ask(OpenOutbox(outbox=Outbox.PORTAL, cell="care", kinds=("email",)))
        await home.ask(GrantAccess(grant="g", digest="d", kind=AccessKind.PLAYER, cell="care"))
        after = (await browser.get("/player")).body
        followed = [line for line in quiet.split("\n") if "/live?after=" in line]
        assert followed
        assert followed == [line for line in after.split("\n") if "/live?after=" in line]


async def test_a_page_does_not_hear_again_what_it_was_made_with(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        browser = await home.joined()
        await home.to_play()
        await home.ask(Pause())
        page = (await browser.get("/player")).body
        path = page.partition('hx-sse:connect="')[2].partition('"')[0]
        async with browser.live(path=path) as live:
            await home.ask(Resume())
            assert await news(live) == (home.exercise.board.seq, "state")


async def test_the_last_id_seen_goes_before_where_the_page_was_made(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        browser = await home.joined()
        await home.to_play()
        seen = home.exercise.board.seq
        await home.ask(Pause())
        async with browser.live(path="/live?after=0", last_event_id=str(seen)) as live:
            assert (await news(live))[0] == seen + 1


async def test_many_devices_cut_at_random_get_each_event_once(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        browser = await home.joined()
        await home.to_play()
        start = home.exercise.board.seq

        async def follow(patience: int) -> list[int]:
            seen = [start]
            while seen[-1] < start + 40:
                async with browser.live(last_event_id=str(seen[-1])) as live:
                    for _ in range(patience):
                        if seen[-1] < start + 40:
                            seen.append((await news(live))[0])
            return seen[1:]

        following = [asyncio.ensure_future(follow(1 + n)) for n in range(MOST_STREAMS - 1)]
        await pauses(home, 20)
        wanted = list(range(start + 1, start + 41))
        assert await asyncio.gather(*following) == [wanted] * (MOST_STREAMS - 1)


async def test_what_another_cell_gets_says_nothing_here(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        for cell in ("crisis", "care"):
            await home.ask(OpenOutbox(outbox=Outbox.PORTAL, cell=cell, kinds=("email",)))
        mine, theirs = await home.joined(), await home.joined(OTHER)
        await home.to_play()
        await home.play(4)
        async with mine.live() as here, theirs.live() as there:
            await home.play(7)  # s01 is for the crisis cell, s02 for the other
            await home.ask(Pause())
            assert [(await news(here))[1] for _ in range(2)] == ["inbox", "state"]
            assert [(await news(there))[1] for _ in range(2)] == ["inbox", "state"]


async def test_nothing_but_a_regular_sign_of_life_comes_in_between(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        browser = await home.joined()
        async with browser.live() as live:
            await home.play(3 * BEAT_S / 60)
            events = [await live.next() for _ in range(3)]
        assert events == [{"event": "beat", "data": ""}] * 3


async def test_a_revoked_access_hears_that_it_ended(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        lost, kept = await home.joined(), await home.joined()
        async with lost.live() as gone, kept.live() as here:
            await home.portal.accesses.revoke(home.exercise.board.access.grants[0].grant)
            assert (await gone.next())["event"] == "ended"
            assert await gone.next() == {}
            await home.ask(StartBriefing())
            assert (await news(here))[1] == "state"
        assert (await lost.get("/live")).status == 401


async def test_every_stream_ends_with_the_exercise(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        browser = await home.joined()
        await home.to_play()
        await home.ask(GiveFinex())
        async with browser.live() as live:
            await home.ask(Close())
            assert (await news(live))[1] == "state"
            assert (await live.next())["event"] == "ended"


async def test_a_page_of_another_journal_loads_itself_again(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        browser = await home.joined()
        async with browser.live(last_event_id="4000") as live:
            assert (await live.next())["event"] == "stale"


async def test_an_id_that_is_none_is_as_no_id(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        browser = await home.joined()
        for wrong in ("x", "-1", "9" * 40, "²"):
            async with browser.live(last_event_id=wrong) as live:
                assert live.status == 200


async def test_one_access_has_so_many_pages_and_no_more(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        browser = await home.joined()
        opened = [browser.live() for _ in range(MOST_STREAMS)]
        for page in opened:
            assert (await page.__aenter__()).status == 200
        assert (await browser.get("/live")).status == 429
        await opened[0].__aexit__(None, None, None)
        while len(home.portal.hub.streams) == MOST_STREAMS:
            await asyncio.sleep(0)
        async with browser.live() as live:
            assert live.status == 200
        for page in opened[1:]:
            await page.__aexit__(None, None, None)


async def test_a_stream_that_takes_nothing_is_cut(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        await home.joined()
        hub, cut = home.portal.hub, list[tuple[str, int]]()
        hub.abort = lambda address, port: cut.append((address, port))
        stuck = asyncio.Event()

        async def send(_: Message) -> None:
            await stuck.wait()

        grant = home.exercise.board.access.grants[0]
        stream = hub.open(grant, "10.0.0.9", 4242, None)
        assert stream is not None
        serving = asyncio.ensure_future(hub.serve(stream, send))
        await home.play((STALLED_S + BEAT_S) / 60)
        serving.cancel()
        assert cut[:1] == [("10.0.0.9", 4242)]


async def test_a_stream_far_behind_is_cut_before_its_time(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        await home.joined()
        hub, cut = home.portal.hub, list[str]()
        hub.abort = lambda address, _: cut.append(address)
        stuck = asyncio.Event()

        async def send(_: Message) -> None:
            await stuck.wait()

        stream = hub.open(home.exercise.board.access.grants[0], "10.0.0.9", 4242, None)
        assert stream is not None
        serving = asyncio.ensure_future(hub.serve(stream, send))
        await home.to_play()
        await pauses(home, LONGEST_LAG // 2 + 1)
        while not cut:
            await asyncio.sleep(0)
        serving.cancel()


async def test_who_left_is_not_said_to_be_there(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        browser: Browser = await home.joined()
        async with browser.live():
            (stream,) = home.portal.hub.streams
            assert stream.grant.cell == "crisis"
            assert stream.since == home.clocks.wall()
        while home.portal.hub.streams:
            await asyncio.sleep(0)


async def test_a_closed_hub_lets_pages_try_again_later(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        browser = await home.joined()
        async with browser.live() as live:
            home.portal.hub.close()
            assert await live.next() == {}
        assert (await browser.get("/live")).status == 429


async def test_the_stream_of_a_wall_is_its_own(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        wall = await home.joined(Audience(AccessKind.WALL))
        await home.ask(StartBriefing())
        await home.ask(GiveDebex())
        async with wall.live(last_event_id="0") as live:
            assert [(await news(live))[1] for _ in range(2)] == ["state", "state"]
    assert PLAYER.voice == ""

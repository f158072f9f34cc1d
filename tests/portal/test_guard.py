"""What is refused at the door, told clearly, counted, and never repeated."""

import asyncio
from pathlib import Path
from urllib.parse import urlencode

import pytest

from cyberex.facts.model import AccessKind
from cyberex.portal.audience import Audience
from cyberex.portal.guard import LONGEST_BODY, split_host
from tests.portal.house import HERE, OTHER, Browser, House, house

FORM = "application/x-www-form-urlencoded"
SCRIPT = "<script>alert(1)</script>"


async def sent_raw(home: House, browser: Browser, head: str, body: bytes) -> bytes:
    """The answer to a request written by hand."""
    reader, writer = await asyncio.open_connection(HERE, home.port)
    cookies = "; ".join(f"{name}={value}" for name, value in browser.cookies.items())
    here = f"{HERE}:{home.port}"
    lines = f"host: {here}\r\norigin: http://{here}\r\ncookie: {cookies}\r\n{head}\r\n\r\n"
    writer.write(f"POST /player/write HTTP/1.1\r\n{lines}".encode())
    for start in range(0, len(body), 65_536):
        writer.write(body[start : start + 65_536])
        await writer.drain()
    answer = await reader.read()
    writer.close()
    return answer


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example:{port}", "[::1", "::::"])
async def test_a_host_that_is_not_ours_is_refused(tmp_path: Path, host: str) -> None:
    async with house(tmp_path) as home:
        browser = await home.joined()
        browser.host = host.format(port=home.port)
        answer = await browser.get("/player")
        assert answer.status == 421
        assert "evil" not in answer.body
        assert home.portal.refusals.counts["wrong-host"] == 1


@pytest.mark.parametrize("host", ["127.0.0.1:1", "127.0.0.1", "10.0.0.1:{port}"])
async def test_another_port_or_address_is_not_ours(tmp_path: Path, host: str) -> None:
    async with house(tmp_path) as home:
        browser = await home.joined()
        browser.host = host.format(port=home.port)
        assert (await browser.get("/player")).status == 421


async def test_a_name_we_were_given_is_ours(tmp_path: Path) -> None:
    async with house(tmp_path, names=["Exercice.hopital.example"]) as home:
        browser = await home.joined()
        for host in ("exercice.hopital.example", "localhost"):
            browser.host = f"{host}:{home.port}"
            assert (await browser.get("/player")).status == 200


def test_hosts_are_read_with_their_port() -> None:
    assert split_host("10.0.0.5:8765") == ("10.0.0.5", 8765)
    assert split_host("[fe80::1]:8765") == ("fe80::1", 8765)
    assert split_host("[::1]") == ("::1", 0)
    assert split_host("a") == ("a", 0)
    assert split_host("a:b") == ("", -1)


async def test_a_form_of_this_session_is_done(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        await home.to_play()
        browser = await home.joined()
        assert (await home.written(browser, "Six postes")).status == 303
        assert home.lines() == ["Six postes"]


async def test_a_form_without_its_token_is_refused(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        await home.to_play()
        browser = await home.joined()
        assert (await browser.post("/player/write", {"text": "x"})).status == 403
        assert (await home.written(browser, form_token="0" * 64)).status == 403
        assert home.lines() == []
        assert home.portal.refusals.counts["bad-form"] == 2


async def test_a_form_made_for_another_session_is_refused(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        await home.to_play()
        mine, theirs = await home.joined(), await home.joined(OTHER)
        token = (await theirs.get("/player/form")).body.split('"')[3]
        assert (await home.written(mine, form_token=token)).status == 403
        assert home.lines() == []


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {"origin": ""},
        {"origin": "https://127.0.0.1:{port}"},
        {"sec_fetch_site": "cross-site"},
        {"sec_fetch_site": "same-site"},
    ],
)
async def test_a_form_from_another_site_is_refused(tmp_path: Path, headers: dict[str, str]) -> None:
    async with house(tmp_path) as home:
        await home.to_play()
        browser = await home.joined()
        token = (await browser.get("/player/form")).body.split('"')[3]
        sent = {name: value.format(port=home.port) for name, value in headers.items()}
        form = {"form_token": token, "text": "x"}
        assert (await browser.post("/player/write", form, **sent)).status == 403
        assert home.lines() == []
        assert home.portal.refusals.counts["cross-site"] == 1


async def test_joining_from_another_site_is_refused(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        code = home.portal.accesses.codes.code(OTHER).text
        answer = await home.browser().post("/join", {"code": code}, origin="http://evil.example")
        assert answer.status == 403
        assert home.exercise.board.access.grants == ()


@pytest.mark.parametrize("head", ["content-length: 10000000", "transfer-encoding: chunked"])
async def test_a_body_of_10_mb_is_cut(tmp_path: Path, head: str) -> None:
    async with house(tmp_path) as home:
        browser = await home.joined()
        body = b"a" * 10_000_000
        if "chunked" in head:
            body = (
                b"".join(b"10000\r\n" + b"a" * 65_536 + b"\r\n" for _ in range(150)) + b"0\r\n\r\n"
            )
        answer = await sent_raw(home, browser, f"content-type: {FORM}\r\n{head}", body)
        assert answer.startswith(b"HTTP/1.1 413")
        assert home.portal.refusals.counts["too-large"] == 1
        assert home.lines() == []


async def test_a_text_a_little_too_long_is_answered(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        browser = await home.joined()
        answer = await browser.post("/player/write", {"text": "a" * (LONGEST_BODY + 1)})
        assert answer.status == 413
        assert answer.headers["connection"] == "close"
        assert (await home.written(browser, "a" * 4_001)).status == 422


@pytest.mark.parametrize("kind", ["application/json", "multipart/form-data", "text/plain", ""])
async def test_only_plain_forms_are_read(tmp_path: Path, kind: str) -> None:
    async with house(tmp_path) as home:
        await home.to_play()
        browser = await home.joined()
        token = (await browser.get("/player/form")).body.split('"')[3]
        form = {"form_token": token, "text": "x"}
        answer = await browser.post("/player/write", form, content_type=kind)
        assert answer.status == 415
        assert home.lines() == []


async def test_a_form_of_a_thousand_fields_is_refused(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        browser = await home.joined()
        many = {f"a{number}": "1" for number in range(1_000)}
        assert (await browser.post("/player/write", many)).status == 400


async def test_the_thirty_first_post_of_a_minute_waits(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        await home.to_play()
        browser, other = await home.joined(), await home.joined()
        answers = [(await home.written(browser, f"Fait {n}")).status for n in range(31)]
        assert answers == [303] * 30 + [429]
        assert (await home.written(other)).status == 303
        home.clocks.move(2)
        assert (await home.written(browser)).status == 303


async def test_the_very_same_form_sent_twice_is_done_once(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        await home.to_play()
        browser = await home.joined()
        for once in ("a", "a", "b"):
            assert (await home.written(browser, "Six postes", once=once)).status == 303
        assert home.lines() == ["Six postes"] * 2


async def test_looking_changes_nothing(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        await home.to_play()
        browser = await home.joined()
        token = (await browser.get("/player/form")).body.split('"')[3]
        answer = await browser.get("/player/write?" + urlencode({"form_token": token, "text": "x"}))
        assert answer.status == 405
        assert home.lines() == []


async def test_pages_of_another_kind_are_not_there(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        observer = await home.joined(Audience(AccessKind.OBSERVER, "crisis"))
        assert (await observer.get("/observer")).status == 200
        assert (await observer.get("/player")).status == 404
        assert (await observer.post("/player/write", {"text": "x"})).status == 404


async def test_every_answer_bears_the_policy(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        browser = await home.joined()
        paths = ("/join", "/player", "/player/fail", "/nothing", "/part/banner", "/static/app.css")
        for path in paths:
            headers = (await browser.get(path)).headers
            policy = headers["content-security-policy"]
            assert "default-src 'none'" in policy
            assert "unsafe" not in policy
            assert headers["x-content-type-options"] == "nosniff"
            kept = "immutable" in headers["cache-control"]
            assert kept == path.startswith("/static/")


async def test_a_fault_of_ours_says_nothing_of_itself(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        browser = await home.joined()
        answer = await browser.get("/player/fail")
        assert answer.status == 500
        assert "ours" not in answer.body
        assert "RuntimeError" not in answer.body
        assert [str(bug) for bug in home.bugs] == ["ours"]


async def test_what_was_sent_is_never_repeated(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        browser = await home.joined()
        for path in (f"/{SCRIPT}", f"/j/{SCRIPT}", f"/l/{SCRIPT}", f"/static/{SCRIPT}"):
            answer = await browser.get(path.replace(" ", "%20"))
            assert "alert(1)" not in answer.body


async def test_refusals_say_when_and_from_where_not_what(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        await home.browser().post("/join", {"code": "ABCDEFGH"})
        last = home.portal.refusals.last[-1]
        assert (last.code, last.address, last.at) == ("wrong-code", HERE, home.clocks.room())


async def test_what_the_exercise_refuses_is_told_in_words(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        browser = await home.joined()
        answer = await home.written(browser)  # nothing is written before the briefing
        assert answer.status in (303, 409)
        assert "wrong-phase" not in answer.body


async def test_a_page_script_is_told_where_it_stands(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        await home.to_play()
        browser = await home.joined()
        token = (await browser.get("/player/form")).body.split('"')[3]
        form = {"form_token": token, "text": "x"}
        answer = await browser.post("/player/write", form, hx_request="true")
        assert (answer.status, answer.headers["hx-trigger"]) == (200, "topic-log")
        assert "Noté." in answer.body
        stranger = await home.browser().get("/player", hx_request="true")
        assert (stranger.status, stranger.headers["hx-redirect"]) == (401, "/join")

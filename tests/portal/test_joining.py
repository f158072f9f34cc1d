"""Who comes in, by what, and what a browser is left with."""

from pathlib import Path

from cyberex.facts.commands import Close, GiveFinex
from cyberex.portal.access import (
    ALPHABET,
    CODE_LIFE_S,
    GRACE_S,
    JOINED_OF_ADDRESS,
    WRONG_OF_ADDRESS,
)
from cyberex.portal.session import digest_of
from tests.portal.house import PLAYER, House, house


async def code(home: House) -> str:
    return home.portal.accesses.codes.code(PLAYER).text


async def test_a_code_lets_a_device_in(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        browser = await home.joined()
        assert (await browser.get("/player")).status == 200
        assert home.bugs == []


async def test_the_first_page_is_the_one_of_the_kind(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        browser = await home.joined()
        assert (await browser.get("/")).headers["location"] == "/player"


async def test_a_code_is_typed_in_small_letters_with_spaces(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        good = await code(home)
        typed = f" {good[:4].lower()}-{good[4:]} "
        assert (await home.browser().post("/join", {"code": typed})).status == 303


async def test_codes_hold_no_letter_that_is_taken_for_another(tmp_path: Path) -> None:
    assert not set("01OIL") & set(ALPHABET)
    async with house(tmp_path) as home:
        assert set(await code(home)) <= set(ALPHABET)


async def test_each_device_has_its_own_access(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        await home.joined()
        await home.joined()
        assert len(home.exercise.board.access.grants) == 2


async def test_the_journal_never_holds_a_token_or_a_code(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        browser = await home.joined()
        token = browser.cookies[home.portal.cookie]
        stored = b"".join(path.read_bytes() for path in tmp_path.iterdir())
        assert digest_of(token).encode() in stored
        assert token.encode() not in stored
        assert (await code(home)).encode() not in stored


async def test_the_cookie_is_kept_from_scripts_and_other_sites(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        answer = await home.browser().post("/join", {"code": await code(home)})
        flags = {part.strip() for part in answer.headers["set-cookie"].split(";")[1:]}
        assert {"HttpOnly", "SameSite=lax", "Path=/"} <= flags
        assert "Secure" not in flags


async def test_over_tls_the_cookie_never_travels_in_clear(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        home.portal.secure = True
        answer = await home.browser().post("/join", {"code": await code(home)})
        assert "Secure" in answer.headers["set-cookie"]


async def test_a_code_is_renewed_after_its_time(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        first = await code(home)
        assert await code(home) == first
        home.clocks.move(CODE_LIFE_S)
        assert await code(home) != first


async def test_a_code_that_was_just_renewed_can_still_be_typed(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        first = await code(home)
        home.clocks.move(CODE_LIFE_S)
        await code(home)
        assert (await home.browser().post("/join", {"code": first})).status == 303
        home.clocks.move(GRACE_S)
        assert (await home.browser().post("/join", {"code": first})).status == 403


async def test_a_code_that_nobody_renewed_ends_too(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        first = await code(home)
        home.clocks.move(CODE_LIFE_S + GRACE_S)
        assert (await home.browser().post("/join", {"code": first})).status == 403


async def test_a_thousand_wrong_codes_open_nothing(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        good = await code(home)
        browser = home.browser()
        answers = [
            (await browser.post("/join", {"code": f"ABCD{number:04}"})).status
            for number in range(1_000)
        ]
        assert answers.count(403) == WRONG_OF_ADDRESS
        assert answers.count(429) == 1_000 - WRONG_OF_ADDRESS
        assert (await browser.post("/join", {"code": good})).status == 429
        assert home.exercise.board.access.grants == ()
        counts = home.portal.refusals.counts
        assert counts["wrong-code"] == WRONG_OF_ADDRESS
        assert counts["too-often"] == 1_001 - WRONG_OF_ADDRESS


async def test_ten_devices_that_guess_keep_nobody_out(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        codes = home.portal.accesses.codes
        for device in range(10):
            for number in range(WRONG_OF_ADDRESS):
                codes.audience_of(f"ABCD{number:04}", f"10.0.0.{device}")
        assert (await home.browser().post("/join", {"code": await code(home)})).status == 303


async def test_a_right_code_does_not_fill_the_journal(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        good = await code(home)
        answers = [
            (await home.browser().post("/join", {"code": good})).status
            for _ in range(JOINED_OF_ADDRESS + 20)
        ]
        assert answers.count(303) == JOINED_OF_ADDRESS
        assert answers.count(429) == 20
        assert len(home.exercise.board.access.grants) == JOINED_OF_ADDRESS
        home.clocks.move(2)
        assert (await home.browser().post("/join", {"code": good})).status == 303


async def test_a_device_that_scans_the_code_again_keeps_its_access(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        browser = await home.joined()
        before = dict(browser.cookies)
        assert (await browser.post("/join", {"code": await code(home)})).status == 303
        assert browser.cookies == before
        assert len(home.exercise.board.access.grants) == 1


async def test_after_a_while_a_right_code_is_good_again(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        for _ in range(WRONG_OF_ADDRESS):
            await home.browser().post("/join", {"code": "ABCDEFGH"})
        home.clocks.move(60)
        assert (await home.browser().post("/join", {"code": await code(home)})).status == 303


async def test_a_wrong_code_is_not_repeated_on_the_page(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        answer = await home.browser().post("/join", {"code": "<script>alert(1)"})
        assert "alert(1)" not in answer.body


async def test_looking_at_an_address_with_a_code_joins_nobody(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        good = await code(home)
        browser = home.browser()
        answer = await browser.get(f"/j/{good}")
        assert f'value="{good}"' in answer.body
        assert browser.cookies == {}
        assert home.exercise.board.access.grants == ()


async def test_a_personal_link_joins_by_its_button_alone(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        token = await home.portal.accesses.give(PLAYER, "p1")
        browser = home.browser()
        page = await browser.get(f"/l/{token}")
        assert "Cellule de crise" in page.body
        assert browser.cookies == {}
        assert (await browser.post(f"/l/{token}", {})).status == 303
        assert (await browser.get("/player")).status == 200


async def test_a_revoked_link_opens_nothing(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        token = await home.portal.accesses.give(PLAYER, "p1")
        await home.portal.accesses.revoke()
        browser = home.browser()
        assert (await browser.get(f"/l/{token}")).status == 403
        assert (await browser.post(f"/l/{token}", {})).status == 403
        assert browser.cookies == {}
        assert home.portal.refusals.counts["unknown-access"] == 2


async def test_one_device_is_revoked_and_the_other_stays(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        lost, kept = await home.joined(), await home.joined()
        await home.portal.accesses.revoke(home.exercise.board.access.grants[0].grant)
        assert (await lost.get("/player")).headers["location"] == "/join"
        assert (await kept.get("/player")).status == 200


async def test_no_access_outlives_the_exercise(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        browser = await home.joined()
        await home.to_play()
        await home.ask(GiveFinex())
        assert (await browser.get("/player")).status == 200
        await home.ask(Close())
        assert (await browser.get("/player")).status == 303
        assert (await home.browser().post("/join", {"code": await code(home)})).status == 503


async def test_a_made_up_token_opens_nothing(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        browser = home.browser()
        for token in ("", "x", "é" * 20, "A" * 43, "A" * 10_000):
            browser.cookies[home.portal.cookie] = token
            assert (await browser.get("/player")).status == 303
            assert (await browser.get("/live")).status == 401


async def test_leaving_forgets_the_device(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        browser = await home.joined()
        token = (await browser.get("/player/form")).body.split('"')[3]
        answer = await browser.post("/leave", {"form_token": token})
        assert answer.status == 303
        assert "Max-Age=0" in answer.headers["set-cookie"]

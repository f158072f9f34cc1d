"""Random delays: each draw from its own generator, so that no draw can disturb another."""

import hashlib


def draw_ms(seed: int, owner: str, number: int, low_ms: int, high_ms: int) -> int:
    """A whole number of milliseconds in [low_ms, high_ms], the same on every machine for ever.

    Not `random.Random`: a shared stream would make each delay depend on the order of the others,
    and its algorithms may change between versions of Python.
    """
    digest = hashlib.sha256(f"{seed}|{owner}|{number}".encode()).digest()
    return low_ms + int.from_bytes(digest[:8], "big") % (high_ms - low_ms + 1)

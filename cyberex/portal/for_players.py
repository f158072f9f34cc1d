"""What players may read besides the game: handed to the portal by whoever serves it.

Nothing here changes during an exercise. Players read all of it: give it only what they may hold.
"""

from collections.abc import Callable
from dataclasses import dataclass

from cyberex.documents.kit.nodes import Node


def no_file(_path: str) -> bytes | None:
    return None


@dataclass(frozen=True, slots=True)
class ForPlayers:
    """`documents`: title and Markdown (or nodes already made of it) of each sheet for players.

    `notice` is what they are told about their data, plain text; `contact` how to reach the
    animation, which answers for everybody who is not in the game directory; `code_word` opens each
    call and message; `files` reads what a stimulus attaches, None for what is not there.
    """

    documents: tuple[tuple[str, str | tuple[Node, ...]], ...] = ()
    notice: str = ""
    contact: str = ""
    code_word: str = ""
    stop_words: str = "RÉEL, RÉEL, RÉEL"
    files: Callable[[str], bytes | None] = no_file


NOTHING_FOR_PLAYERS = ForPlayers()

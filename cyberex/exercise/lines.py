"""A recorded event as one line of JSON: what headless play prints, what `log --json` prints.

Every character is ASCII, so that no terminal, pipe or redirection can spoil a line.
"""

import json

from cyberex.facts.codec import event_to_json
from cyberex.facts.model import Recorded


def line_of(recorded: Recorded) -> str:
    """`seq`, `sim_ms`, `wall_at`, `event`, `version`, `cause`, then what the event names."""
    event = recorded.event
    envelope = {
        "seq": recorded.seq,
        "sim_ms": recorded.sim_ms,
        "wall_at": recorded.wall_at,
        "event": event.name,
        "version": event.version,
        "cause": recorded.cause,
    }
    return json.dumps({**envelope, **event_to_json(event)}, separators=(",", ":"))

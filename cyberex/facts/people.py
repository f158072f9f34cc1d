"""Who takes part, as the directory of an exercise holds them. Events name people by id only."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One participant; "" where nothing is known.

    `cell`, `role` and `voice` are ids of the scenario; `task` what the person does there
    (director, animator, observer, player), `stand_in` the id of who takes over, `where` on_site or
    remote. `name`, `phone`, `mobile` and `email` are what may be erased.
    """

    id: str
    function: str = ""
    cell: str = ""
    role: str = ""
    task: str = ""
    voice: str = ""
    name: str = ""
    phone: str = ""
    mobile: str = ""
    email: str = ""
    stand_in: str = ""
    where: str = ""

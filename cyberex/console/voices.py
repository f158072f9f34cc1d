"""Who lends a voice? Animators by name, their load, and who has two things to say at once."""

from collections.abc import Iterator

from rich.text import Text

from cyberex.console.desk import Desk
from cyberex.console.palette import GREY, ORANGE, SKY, WHITE, YELLOW
from cyberex.i18n import _, ngettext
from cyberex.times import format_duration
from cyberex.views.workload import Collision, VoiceLoad
from cyberex.wording.clean import clean_line


def voices(desk: Desk) -> tuple[str, ...]:
    """Every voice of the casting, then animators that nothing was given to yet."""
    spare = (person.voice or person.id for person in desk.people if person.task == "animator")
    return tuple(dict.fromkeys((*desk.board.casting.voices, *spare)))


def voice_name(desk: Desk, voice: str) -> str:
    """The animator's name if the directory says it; "" is nobody."""
    if not voice:
        return _("nobody")
    for person in desk.people:
        if voice in (person.voice, person.id):
            return desk.names.person(person)
    return clean_line(voice)


def is_mine(desk: Desk, voice: str) -> bool:
    """Whether it is shown while one voice is filtered; what nobody voices always is."""
    return desk.voice is None or voice in (desk.voice, "")


def collision_of(desk: Desk, occurrence: str = "", contact: str = "") -> Collision | None:
    """Whether whoever is to make this call has another one to make at the same time."""
    for found in desk.collisions():
        for call in found.calls:
            if (occurrence and call.occurrence == occurrence) or (
                contact and call.contact == contact
            ):
                return found
    return None


def collision_words(desk: Desk, found: Collision) -> str:
    """`M. Leroy: S12, S14 together`."""
    codes = {call.occurrence for call in found.calls}
    alone = len(codes) == 1 and "" not in codes  # one errand in several rooms
    calls = dict.fromkeys(
        f"{desk.names.code(call.occurrence)} ({desk.names.short_cell(call.cell)})"
        if alone
        else desk.names.code(call.occurrence) or _("call back")
        for call in found.calls
    )
    return _("{voice}: {calls} at the same time").format(
        voice=voice_name(desk, found.voice), calls=", ".join(calls)
    )


def load_lines(desk: Desk) -> Iterator[Text]:
    """One line an animator: what waits, since when, what comes, how long it all takes."""
    clashing = {found.voice for found in desk.collisions()}
    for load in desk.board.workload.voices(desk.sim_ms()):
        yield _load_line(desk, load, clashing=load.voice in clashing)


def _load_line(desk: Desk, load: VoiceLoad, *, clashing: bool) -> Text:
    line = Text.assemble((f"{voice_name(desk, load.voice)} ", f"bold {WHITE}"))
    owed = load.waiting + load.owed
    if owed:
        said = ngettext("{count} waits", "{count} wait", owed).format(count=owed)
        line.append(said, f"bold {ORANGE}")
        if load.oldest_ms is not None:
            line.append(f" ({format_duration(load.oldest_ms)})", ORANGE)
    else:
        line.append(_("free"), GREY)
    if load.begun:
        line.append(" · " + _("on the phone"), SKY)
    if load.coming:
        line.append(" · " + _("{count} within 15 min").format(count=load.coming), GREY)
    if load.busy_ms:
        line.append(f" · ~{format_duration(load.busy_ms, seconds=False)}", GREY)
    if clashing:
        line.append(" · ‼ " + _("two at once: W"), f"bold {YELLOW}")
    return line

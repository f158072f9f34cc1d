"""Which command may be given in which state. Pure lookup; the reasons are codes, not sentences."""

from cyberex.engine.state import Life, Phase, Refused
from cyberex.facts import animation_commands as around
from cyberex.facts import commands as ask
from cyberex.facts import delivery_commands as outgoing
from cyberex.facts.model import Command

HAPPENED = (outgoing.CloseOutbox, outgoing.GrantAccess, outgoing.RevokeAccess, outgoing.ReportSent,
            outgoing.ReportFailure, outgoing.ReportDoubt)  # fmt: skip
"""What may happen around the game at any time: a portal dies, somebody joins, a mail's fate."""
ALWAYS = (ask.AddNote, ask.TickCallDown, ask.SetHardEnd, ask.MarkLine, ask.SetSpeed,
          around.TickItem, *HAPPENED)  # fmt: skip
STOPPING = (ask.CallRealStop, ask.GiveFinex, ask.ReportGap)
STEERING = (ask.HoldStimulus, ask.ReleaseStimulus, ask.SkipStimulus, ask.ShiftStimulus,
            ask.EditStimulus)  # fmt: skip
REPORTING = (ask.TickExpectation, ask.ReachMilestone, ask.SettleDecision, ask.Undo)
PLAYING = (ask.FireStimulus, ask.InjectReserve, ask.ComposeStimulus, ask.StartCall, ask.EndCall,
           ask.ChooseChannel, ask.Acknowledge, ask.DealWith, ask.PressKey, ask.SetAsset,
           ask.MakeJump, ask.LogContact, ask.Advance, ask.Extend, ask.Pause, ask.Resume,
           ask.AnswerGap)  # fmt: skip
ANIMATING = (around.DetailContact, around.AnswerContact, around.ReportState, around.CatchUp,
             around.PlanBreak, around.RecordStimulus)  # fmt: skip
SETTING_UP = (around.AssignVoice, around.MarkAbsent, outgoing.OpenOutbox, outgoing.ConfirmMail,
              outgoing.StartContactTest, outgoing.ReportTestSent, outgoing.ReportTestFailed,
              outgoing.ReportTestReceived)  # fmt: skip
FROM_THE_ROOMS = (outgoing.AttemptDelivery, outgoing.Resend, outgoing.ClaimCall,
                  outgoing.ReleaseClaim, outgoing.ReplyToContact,
                  outgoing.WriteCellLine)  # fmt: skip

# fmt: off
ALLOWED: dict[Phase, tuple[type[Command], ...]] = {
    Phase.READY: (
        *ALWAYS, *STEERING, *SETTING_UP, ask.StartBriefing, ask.GiveDebex, ask.Extend, ask.Undo,
    ),
    Phase.BRIEFING: (
        *ALWAYS, *STOPPING, *STEERING, *REPORTING, *PLAYING, *ANIMATING, *SETTING_UP,
        *FROM_THE_ROOMS, ask.GiveDebex,
    ),
    Phase.PLAY: (
        *ALWAYS, *STOPPING, *STEERING, *REPORTING, *PLAYING, *ANIMATING, *SETTING_UP,
        *FROM_THE_ROOMS,
    ),
    Phase.DEBRIEF: (*ALWAYS, *REPORTING, ask.AddDebriefNote, ask.CallRealStop, ask.Close),
    Phase.CLOSED: (),
}
# fmt: on

IN_REAL_STOP: tuple[type[Command], ...] = (
    ask.AddNote, ask.TickCallDown, ask.LiftRealStop, ask.GiveFinex, ask.ReportGap,
    around.TickItem, *HAPPENED,
)  # fmt: skip
"""Nothing leaves and nothing changes but the call-down, the log and the way out. The answer to a
gap moves the clock: it waits until the stop is lifted."""


def check_allowed(life: Life, command: Command) -> None:
    """Raises Refused if this state does not admit this command."""
    kind = type(command)
    if life.real_stop:
        if kind not in IN_REAL_STOP:
            raise Refused("real-stop", {"command": command.name})
        if life.phase is Phase.DEBRIEF and kind is ask.GiveFinex:
            raise Refused("wrong-phase", {"command": command.name, "phase": life.phase.value})
        return
    if kind is ask.LiftRealStop:
        raise Refused("not-stopped", {})
    if kind not in ALLOWED[life.phase]:
        raise Refused("wrong-phase", {"command": command.name, "phase": life.phase.value})

"""Which exercise time an hour of the fiction is, and which fiction time it is at an exercise time.

The fiction's clock is startex + exercise time + what the jumps made so far have added. Between two
jumps it runs with exercise time; a jump only goes forward, over hours that are never played.
"""

from bisect import bisect_right
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NoReturn, assert_never

from cyberex.i18n import _, language
from cyberex.times.model import FictionInstant, Instant, Relative, TimeError
from cyberex.times.printing import format_fiction, format_instant, format_t

WEEK = timedelta(days=7)
MILLISECOND = timedelta(milliseconds=1)


class FictionClock:
    """The fiction's clock of one exercise, its jumps planned or made.

    `startex` is the fiction at DEBEX (naive, cut to the millisecond). `jumps` are (exercise ms,
    fiction it lands on), in order. `start_ms` is the start of the briefing (0 or negative),
    `end_ms` the planned end; None leaves the end unchecked. Raises TimeError for a jump that goes
    backwards ('time-jump-backwards') or comes before the one it follows ('time-jump-order').
    """

    __slots__ = ("_added_ms", "_begins_ms", "end_ms", "jumps", "start_ms", "startex")

    def __init__(
        self,
        startex: datetime,
        jumps: tuple[tuple[int, datetime], ...] = (),
        *,
        start_ms: int = 0,
        end_ms: int | None = None,
    ) -> None:
        self.startex = startex.replace(microsecond=startex.microsecond // 1000 * 1000)
        self.jumps = jumps
        self.start_ms = start_ms
        self.end_ms = end_ms
        # Stretch n of the fiction begins at exercise time _begins_ms[n - 1] (stretch 0 has no
        # beginning) and runs _added_ms[n] ahead of startex + exercise time.
        self._begins_ms: list[int] = []
        self._added_ms = [0]
        for sim_ms, landing in jumps:
            self._add(sim_ms, landing)

    def _add(self, sim_ms: int, landing: datetime) -> None:
        if self._begins_ms and sim_ms < self._begins_ms[-1]:
            message = _("the jump at {at} comes before the one it follows")
            raise TimeError("time-jump-order", message.format(at=format_t(sim_ms)))
        added_ms = self._since_startex_ms(landing) - sim_ms
        if added_ms < self._added_ms[-1]:
            self._refuse_backwards(sim_ms, landing)
        self._begins_ms.append(sim_ms)
        self._added_ms.append(added_ms)

    def to_fiction(self, sim_ms: int) -> datetime:
        """The fiction's time; at a jump's own instant, the time it lands on."""
        return self._fiction_in(bisect_right(self._begins_ms, sim_ms), sim_ms)

    def sim_at(self, moment: datetime) -> int:
        """The exercise time at which the fiction's clock shows `moment`; no bound is checked.

        The hour at which a jump leaves is the jump's instant, like the hour it lands on; what lies
        strictly between is never played and raises TimeError 'time-in-jump-gap'.
        """
        wanted_ms = self._since_startex_ms(moment)
        landings = [
            begin + add for begin, add in zip(self._begins_ms, self._added_ms[1:], strict=True)
        ]
        stretch = bisect_right(landings, wanted_ms)
        sim_ms = wanted_ms - self._added_ms[stretch]
        if stretch < len(self._begins_ms) and sim_ms > self._begins_ms[stretch]:
            self._refuse_gap(moment, stretch)
        return sim_ms

    def resolve(self, instant: Instant) -> int:
        """The exercise time of any instant an author may write; see `to_sim`."""
        match instant:
            case Relative():
                return instant.sim_ms
            case FictionInstant():
                return self.to_sim(instant)
        assert_never(instant)

    def to_sim(self, instant: FictionInstant) -> int:
        """The exercise time of an hour of the fiction; raises TimeError rather than guess.

        - A date or J+n (J+0 is DEBEX's day) says it all, and may lie before or after the exercise.
        - A bare hour is on the fiction's only day: 'time-ambiguous' if the fiction, from start_ms
          to end_ms, jumps included, crosses midnight; 'time-outside-exercise' if not in it.
        - A weekday is the first one, at that hour, that is played from start_ms on, across jumps.
          If two are played up to end_ms: 'time-ambiguous'. If none: 'time-in-jump-gap' when a
          jump goes over it, 'time-outside-exercise' when that day is played but not that hour,
          'time-weekday-absent' otherwise. DEBEX's own weekday at an hour before the start of the
          briefing is 'time-outside-exercise', never the week after.
        """
        if instant.date is not None:
            return self.sim_at(datetime.combine(instant.date, instant.time))
        if instant.day_offset is not None:
            day = self.startex.date() + timedelta(days=instant.day_offset)
            return self.sim_at(datetime.combine(day, instant.time))
        if instant.weekday is not None:
            return self._weekday(instant, instant.weekday)
        return self._bare_hour(instant)

    def landing(self, instant: FictionInstant, sim_ms: int) -> datetime:
        """Where a further jump made at `sim_ms` lands: the instant, at or after the fiction then.

        A weekday is the next one: today's if it is today, and then a past hour is refused, like
        any landing in the past ('time-jump-backwards'). A bare hour is today's, refused once the
        fiction has crossed midnight ('time-ambiguous').
        """
        now = self.to_fiction(sim_ms)
        day = now.date()
        if instant.date is not None:
            day = instant.date
        elif instant.day_offset is not None:
            day = self.startex.date() + timedelta(days=instant.day_offset)
        elif instant.weekday is not None:
            day += timedelta(days=(instant.weekday - day.weekday()) % 7)
        elif day != self.to_fiction(self.start_ms).date():
            self._refuse_bare_hour(instant)
        moment = datetime.combine(day, instant.time)
        if moment < now:
            self._refuse_backwards(sim_ms, moment)
        return moment

    def _bare_hour(self, instant: FictionInstant) -> int:
        first = self.to_fiction(self.start_ms)
        last = self.to_fiction(self._last_known_ms())
        # An exercise that ends at midnight sharp has not crossed it.
        if last > first and (last - MILLISECOND).date() != first.date():
            self._refuse_bare_hour(instant)
        moment = datetime.combine(first.date(), instant.time)
        if moment < first or (self.end_ms is not None and moment > last):
            self._refuse_outside(instant)
        return self.sim_at(moment)

    def _weekday(self, instant: FictionInstant, weekday: int) -> int:
        on_day_0 = datetime.combine(self.startex.date(), instant.time)
        first = self.to_fiction(self.start_ms)
        if weekday == self.startex.weekday() and on_day_0 < first:
            self._refuse_outside(instant)
        found = self._played(instant, weekday)
        if not found:
            self._refuse_weekday(instant, weekday)
        if len(found) > 1 and self.end_ms is not None:
            message = _("'{instant}' comes twice in this exercise, on {first} and on {second}")
            days = {"first": found[0].date().isoformat(), "second": found[1].date().isoformat()}
            hint = _("write the date or the day, like D{days:+} {hour}").format(
                days=(found[0].date() - self.startex.date()).days, hour=f"{instant.time:%H:%M}"
            )
            raise TimeError("time-ambiguous", message.format(instant=_said(instant), **days), hint)
        return self.sim_at(found[0])

    def _played(self, instant: FictionInstant, weekday: int) -> list[datetime]:
        """The moments at that weekday and hour that the fiction plays, at most two a stretch."""
        found: dict[datetime, None] = {}
        for begin, end in self._stretches():
            moment = _next_weekday(begin, instant, weekday)
            if end is None or moment <= end:
                found[moment] = None
            if end is not None and moment + WEEK <= end:
                found[moment + WEEK] = None
        return list(found)

    def _stretches(self) -> Iterator[tuple[datetime, datetime | None]]:
        """The fiction played between jumps, start to end, both included; None: no known end."""
        begins = [self.start_ms, *(max(begin, self.start_ms) for begin in self._begins_ms)]
        ends: list[int | None] = [*self._begins_ms, None]
        for number, (begin_ms, end_ms) in enumerate(zip(begins, ends, strict=True)):
            if self.end_ms is not None:
                end_ms = self.end_ms if end_ms is None else min(end_ms, self.end_ms)
            if end_ms is not None and end_ms < begin_ms:
                continue
            end = None if end_ms is None else self._fiction_in(number, end_ms)
            yield self._fiction_in(number, begin_ms), end

    def _last_known_ms(self) -> int:
        if self.end_ms is not None:
            return self.end_ms
        return max(self._begins_ms[-1] if self._begins_ms else 0, 0)

    def _since_startex_ms(self, moment: datetime) -> int:
        return (moment - self.startex) // MILLISECOND

    def _fiction_in(self, stretch: int, sim_ms: int) -> datetime:
        return self.startex + timedelta(milliseconds=sim_ms + self._added_ms[stretch])

    def _refuse_weekday(self, instant: FictionInstant, weekday: int) -> NoReturn:
        """Say why no moment at that weekday and hour is played."""
        for number, begin_ms in enumerate(self._begins_ms):
            moment = _next_weekday(self._fiction_in(number, begin_ms), instant, weekday)
            if moment < self._fiction_in(number + 1, begin_ms):
                self._refuse_gap(moment, number)
        for begin, end in self._stretches():
            days_to_it = (weekday - begin.weekday()) % 7
            if end is None or begin.date() + timedelta(days=days_to_it) <= end.date():
                self._refuse_outside(instant)
        message = _("this exercise has no such day: '{instant}'").format(instant=_said(instant))
        raise TimeError("time-weekday-absent", message, self._span_hint())

    def _refuse_gap(self, moment: datetime, stretch: int) -> NoReturn:
        at_ms = self._begins_ms[stretch]
        left, landed = self._fiction_in(stretch, at_ms), self._fiction_in(stretch + 1, at_ms)
        message = _("{moment} is never played: the jump at {at} goes from {left} to {landed}")
        moments = {"moment": _shown(moment), "left": _shown(left), "landed": _shown(landed)}
        hint = _("write an hour before or after the jump, or T+minutes")
        raise TimeError("time-in-jump-gap", message.format(at=format_t(at_ms), **moments), hint)

    def _refuse_bare_hour(self, instant: FictionInstant) -> NoReturn:
        message = _("'{instant}' alone is unclear: the fiction crosses midnight")
        hour = f"{instant.time:%H:%M}"
        hint = _("say the day: {weekday} {hour}, or D+0 {hour}").format(
            weekday=format_fiction(self.startex, language=language()).split()[0], hour=hour
        )
        raise TimeError("time-ambiguous", message.format(instant=_said(instant)), hint)

    def _refuse_outside(self, instant: FictionInstant) -> NoReturn:
        message = _("'{instant}' is outside the exercise").format(instant=_said(instant))
        raise TimeError("time-outside-exercise", message, self._span_hint())

    def _refuse_backwards(self, sim_ms: int, landing: datetime) -> NoReturn:
        message = _("the jump at {at} would go back to {landing}: it is {now} by then")
        now = self.to_fiction(sim_ms)
        moments = {"landing": _shown(landing), "now": _shown(now)}
        hint = _("a jump only goes forward: write a later hour, or its date")
        raise TimeError("time-jump-backwards", message.format(at=format_t(sim_ms), **moments), hint)

    def _span_hint(self) -> str:
        begin = _shown(self.to_fiction(self.start_ms))
        if self.end_ms is None:
            return _("the fiction begins on {begin}; another day needs its date").format(
                begin=begin
            )
        hint = _("the fiction goes from {begin} to {end}; another day needs its date")
        return hint.format(begin=begin, end=_shown(self.to_fiction(self.end_ms)))


def _next_weekday(begin: datetime, instant: FictionInstant, weekday: int) -> datetime:
    """The first moment at or after `begin` on that weekday at the instant's hour."""
    days = (weekday - begin.weekday()) % 7
    moment = datetime.combine(begin.date() + timedelta(days=days), instant.time)
    return moment if moment >= begin else moment + WEEK


def _said(instant: FictionInstant) -> str:
    return format_instant(instant, language())


def _shown(moment: datetime) -> str:
    return f"{format_fiction(moment, language=language())} ({moment.date().isoformat()})"

"""A programme and the scripts that it names -> every session of it, planned; or every fault."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from difflib import get_close_matches
from pathlib import Path

from voiceguide import data, programme
from voiceguide.files import Nearby
from voiceguide.model.errors import Fault, FileError, ScriptError, UsageError, VariableError
from voiceguide.model.exercise import Area
from voiceguide.model.options import Options
from voiceguide.model.programme import WEEKDAYS, Appointment, Programme, Slot
from voiceguide.model.source import Source
from voiceguide.model.timeline import Timeline
from voiceguide.pipeline import planning
from voiceguide.pipeline.loading import Loaded, Report, quiet
from voiceguide.pipeline.loading import attempt as attempt_session
from voiceguide.pipeline.music import Progress
from voiceguide.pipeline.overview import areas_of
from voiceguide.pipeline.planning import spoken_plan


@dataclass(frozen=True, slots=True)
class Session:
    """One session of a programme, loaded."""

    slot: Slot
    source: Source
    options: Options
    loaded: Loaded


@dataclass(frozen=True, slots=True)
class PlannedSession:
    """One session of a programme, with its timeline."""

    session: Session
    timeline: Timeline

    @property
    def slot(self) -> Slot:
        """When it is done, and what has grown."""
        return self.session.slot

    @property
    def title(self) -> str:
        """The title of its script, without week and day."""
        routine = self.session.loaded.script.routine
        assert routine is not None
        return routine.title

    def appointment(self, suffix: str) -> Appointment:
        """What the listener sees of it, as a file of this format."""
        timeline, book = self.timeline, self.session.loaded.book
        return Appointment(
            slot=self.slot,
            title=timeline.title,
            language=timeline.language,
            length_ms=timeline.duration_ms,
            needs=book.needs(timeline.equipment),
            safety=book.note,
            note=book.comment(timeline.equipment),
            file=f"{self.slot.name}.{suffix}",
        )


@dataclass(frozen=True, slots=True)
class Timetable:
    """A programme with all its sessions, in the order of time."""

    programme: Programme
    sessions: tuple[PlannedSession, ...]
    warnings: tuple[Fault, ...]


def check_programme(source: Source, options: Options = Options()) -> Report:  # noqa: B008  a frozen value
    """Everything that can be said of a programme and its sessions without speaking a word."""
    return _Attempt(source, options, None).report(planning.check)


def plan_programme(
    source: Source,
    options: Options = Options(),  # noqa: B008  a frozen value
    *,
    start: date | None = None,
    weeks: Collection[int] = (),
    estimate: bool = False,
    progress: Progress | None = None,
) -> Timetable:
    """The programme with the timeline of each session; speaks what is not known, unless `estimate`.

    Args:
        source: the programme.
        options: overrides of its scripts.
        start: goes before the start of the programme.
        weeks: whose sessions are planned; all where empty.
        estimate: speak nothing.
        progress: told how many sessions are planned, and what is spoken.

    Raises:
        ScriptError: all faults of the programme and its scripts.
        UsageError: no such week.
        SpeechError: no such engine or voice, or no sound from it.
    """
    progress = progress or quiet
    found = _Attempt(source, options, start)
    report = found.report()
    if found.programme is None or report.faults:
        raise ScriptError(report.faults)
    refuse_unknown(weeks, found.programme)
    planned = []
    wanted = [each for each in found.sessions if not weeks or each.slot.turn.week in weeks]
    for number, each in enumerate(wanted):
        progress("planning", number, len(wanted))
        timeline, _ = spoken_plan(each.loaded, each.options, estimate=estimate, progress=progress)
        planned.append(PlannedSession(each, timeline))
    return Timetable(found.programme, tuple(planned), report.warnings)


def refuse_unknown(weeks: Collection[int], programme: Programme) -> None:
    """Sees to it that a programme has these weeks.

    Raises:
        UsageError: it has not.
    """
    for week in weeks:
        if not 1 <= week <= programme.weeks:
            raise UsageError(f"there is no week {week}", f"This programme has {programme.weeks}.")


class _Attempt:
    """A programme and what came of loading its sessions."""

    def __init__(self, source: Source, options: Options, start: date | None) -> None:
        self.options = options
        self.scripts = _Scripts(source)
        self.read = programme.read(source.text, source.origin)
        self.programme = self.read.programme
        self.slots = () if self.programme is None else programme.lay_out(self.programme, start)
        self.sessions: list[Session] = []

    def report(self, look: Callable[[Source, Options], Report] | None = None) -> Report:
        """What is wrong and doubtful in it, its own first; loads the sessions.

        Args:
            look: looks closer at a session that has no fault.
        """
        if self.programme is None:
            return Report(self.read.faults, ())
        own: dict[Fault, None] = {}
        faults: dict[Fault, None] = {}
        doubts: dict[Fault, None] = {}
        for slot in self.slots:
            try:
                source = self.scripts.find(slot.script)
            except FileError as error:
                own[self._of_script(error, slot)] = None
                continue
            found, refused = self._load(slot, source)
            own |= dict.fromkeys(refused)
            if look is not None and not found.faults and not refused:
                found = look(source, self.sessions[-1].options)
            faults |= dict.fromkeys(_new(found.faults, faults, slot))
            doubts |= dict.fromkeys(_new(found.warnings, doubts, slot))
        clashes = list(self._clashes(self.programme))
        if self.programme.rest_days == "refuse":
            own |= dict.fromkeys(clashes)
            clashes = []
        in_order = sorted(own, key=lambda fault: (fault.line, fault.column))
        return Report((*in_order, *faults), (*clashes, *doubts))

    def _load(self, slot: Slot, source: Source) -> tuple[Report, list[Fault]]:
        """What came of a session, and the values that its script does not take.

        It is kept where it has no fault; without those values, the rest of it can be looked at.
        """
        values = dict(slot.variables)
        refused = []
        while True:
            options = replace(self.options, variables=tuple(values.items()), turn=slot.turn)
            try:
                found = attempt_session(source, options)
            except VariableError as error:
                del values[error.name]
                path = f"sessions[{slot.entry}].set.{error.name}"
                refused.append(self._fault(error.reason, path, error.hint))
            else:
                break
        if found.loaded is not None:
            self.sessions.append(Session(slot, source, options, found.loaded))
        return found.report, refused

    def _of_script(self, error: FileError, slot: Slot) -> Fault:
        """A script that cannot be had, in its place."""
        assert self.programme is not None
        one_a_week = len(self.programme.sessions[slot.entry].script) > 1
        week = f"[{slot.turn.week - 1}]" if one_a_week else ""
        path = f"sessions[{slot.entry}].script{week}"
        return self._fault(error.message, path, error.hint)

    def _fault(self, message: str, path: str, hint: str) -> Fault:
        return self.read.place(Fault(message, path=path, hint=hint))

    def _clashes(self, of: Programme) -> Iterator[Fault]:
        areas: dict[Slot, Iterable[Area]] = {}
        for each in self.sessions:
            written = of.sessions[each.slot.entry].areas
            if written is None:
                written = areas_of(each.loaded.session, without=programme.NEED_NO_REST)
            areas[each.slot] = written
        for clash in programme.clashes(areas):
            earlier, later = clash.earlier, clash.later
            days = f"{WEEKDAYS[earlier.weekday]} and {WEEKDAYS[later.weekday]}"
            message = (
                f"{days} are next to each other, and both sessions are for "
                f"{', '.join(clash.areas)} ({earlier.script}, {later.script})"
            )
            place = of.days.index(later.weekday)
            allow = ", or write `rest_days: warn`" if of.rest_days == "refuse" else ""
            hint = f"Leave a day between them{allow}."
            yield self._fault(message, f"days[{place}]", hint)


def _new(found: Iterable[Fault], known: Iterable[Fault], slot: Slot) -> Iterator[Fault]:
    """What a session tells that none before it told; it says in which week, if not in the first."""
    places = {(fault.origin, fault.line, fault.column, fault.path) for fault in known}
    for fault in found:
        if (fault.origin, fault.line, fault.column, fault.path) not in places:
            week = f" (in week {slot.turn.week})" if slot.turn.week > 1 else ""
            yield replace(fault, message=fault.message + week)


class _Scripts:
    """The scripts that a programme names: files below its folder, and what is built in."""

    def __init__(self, source: Source) -> None:
        self._beside = source.origin
        self._nearby = Nearby(source)

    def find(self, name: str) -> Source:
        """The script of a name; a file goes before a built-in routine.

        Raises:
            FileError: there is neither, or it cannot be read.
        """
        try:
            origin, body = self._nearby.script(name, self._beside)
        except FileError as error:
            builtin = {path.stem: path for path in data.shipped("scripts").glob("*.yaml")}
            if (path := builtin.get(name)) is not None:
                return Source(path.read_bytes(), str(path), path.parent)
            if Path(name).suffix or "/" in name:
                raise
            near = get_close_matches(name, builtin, n=1)
            hint = f"did you mean `{near[0]}`?" if near else error.hint
            message = f"there is no file and no built-in routine `{name}`"
            raise FileError(message, hint) from None
        return Source(body, origin, Path(origin).parent)

"""YAML text -> a programme, and everything in it that is wrong, each with its place."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from voiceguide.model.errors import Fault
from voiceguide.model.programme import WEEKDAYS, Entry, Programme, Progress
from voiceguide.programme.shapes import INSIDE, ProgrammeKeys
from voiceguide.programme.slots import of_day
from voiceguide.script.faults import TooManyFaults, did_you_mean, listed, source_line
from voiceguide.script.nodes import Items, Keys, Node, Scalar, find, join, locate
from voiceguide.script.reader import parse
from voiceguide.script.source import clean
from voiceguide.script.validate import Checker

MAX_SESSIONS = 1_000
"""Of a programme, in all its weeks."""

_BEGINS = re.compile(rb"^(\xef\xbb\xbf)?(['\"]?)programme\2[ \t]*:", re.MULTILINE)
_ONE = Scalar("1", plain=True, at=(1, 1))
_STAND_INS: dict[str, object] = {
    "programme": _ONE,
    "title": _ONE,
    "weeks": _ONE,
    "days": [Scalar("monday", plain=True, at=(1, 1))],
    "sessions": [],
}
"""For a faulty programme, so that its other parts can be checked."""


@dataclass(frozen=True, slots=True)
class Read:
    """What came of reading a programme."""

    programme: Programme | None
    """None where anything is wrong in it."""
    faults: tuple[Fault, ...]
    origin: str
    lines: list[str]
    root: Node | None

    def place(self, fault: Fault) -> Fault:
        """The fault with its place filled in, by its path of keys."""
        line, column = locate(self.root, fault.path) if self.root is not None else (0, 0)
        text = source_line(self.lines, line)
        return replace(fault, origin=self.origin, line=line, column=column, source=text)


def is_programme(source: bytes) -> bool:
    """Whether a text is meant as a programme: it has a top-level key `programme`."""
    return _BEGINS.search(source) is not None


def read(source: bytes, origin: str) -> Read:
    """The programme of a text, and every fault of its own; never raises for what is in the text.

    Args:
        source: UTF-8.
        origin: its name in messages.
    """
    text, report, readable = clean(source, origin)
    root: Keys | None = None
    programme = None
    try:
        tree = parse(text, report) if readable else None
        if tree is not None:
            root = tree.root
            if (at := root.key_at.get("steps")) and "programme" not in root.values:
                hint = f"`voiceguide render {origin}` makes it"
                report.tell("this is a script, not a programme", at, hint)
            else:
                programme = _programme(Checker(root, report, inside=INSIDE))
    except TooManyFaults:
        programme = None
    return Read(None if report.faults else programme, report.faults, origin, report.lines, root)


def _programme(checker: Checker) -> Programme:
    values = checker.values(ProgrammeKeys, checker.root, "", _STAND_INS)
    assert values is not None
    faulty = {re.split(r"[.\[]", fault.path)[0] for fault in checker.report.faults}
    sound = checker.root.values.keys() - faulty
    del values["programme"]
    if "alarm" in values:
        alarm = values.pop("alarm")
        values["alarm_ms"] = None if alarm == "none" else alarm
    programme = Programme(**values)
    if "days" in sound:
        _check_days(programme.days, "days", checker)
    if "sessions" in sound:
        _check_sessions(programme, checker, sound)
    if {"weeks", "progress"} <= sound:
        _check_progress(programme, checker)
    return programme


def _check_days(days: Sequence[int], path: str, checker: Checker) -> None:
    """Days come once each, in the order of the week."""
    for place, day in enumerate(days):
        at = _item(checker.root, path, place)
        if day in days[:place]:
            checker.tell(at, f"{WEEKDAYS[day]} is written twice", "leave one of them out")
        elif place and day < days[place - 1]:
            in_order = ", ".join(WEEKDAYS[each] for each in sorted(set(days)))
            checker.tell(at, "days go in the order of the week", f"write `[{in_order}]`")


def _check_sessions(programme: Programme, checker: Checker, sound: Iterable[str]) -> None:
    if not programme.sessions:
        checker.tell("sessions", "this list is empty", "write `sessions: [run-warmup]`")
    for place, entry in enumerate(programme.sessions):
        path = join("sessions", place)
        if "weeks" in sound:
            _check_lists(entry, path, programme.weeks, checker)
        if entry.day is not None:
            _check_days(entry.day, join(path, "day"), checker)
            for number, day in enumerate(entry.day):
                if "days" in sound and day not in programme.days:
                    known = [WEEKDAYS[each] for each in programme.days]
                    hint = did_you_mean(WEEKDAYS[day], known) or f"there are: {listed(known)}"
                    at = _item(checker.root, join(path, "day"), number)
                    checker.tell(at, f"{WEEKDAYS[day]} is not among the `days`", hint)
    n_sessions = programme.weeks * sum(len(of_day(programme, day)) for day in programme.days)
    if n_sessions > MAX_SESSIONS:
        message = f"a programme has at most {MAX_SESSIONS:,} sessions (this has {n_sessions:,})"
        checker.tell("sessions", message, "split it into several")
    if "days" in sound and programme.sessions:
        for place, day in enumerate(programme.days):
            _check_day(programme, day, _item(checker.root, "days", place), checker)


def _check_lists(entry: Entry, path: str, weeks: int, checker: Checker) -> None:
    """A list has a value for each week."""
    of_script = (join(path, "script"), entry.script)
    of_set = ((join(path, "set", name), values) for name, values in entry.variables)
    for at, values in (of_script, *of_set):
        is_list = isinstance(find(checker.root, at), Items)
        if is_list and len(values) not in {1, weeks}:
            message = f"expected {weeks} values, one for each week (got {len(values)})"
            checker.tell(at, message)


def _check_day(programme: Programme, day: int, path: str, checker: Checker) -> None:
    """A day has a session; of several, each has a time of its own, which is their order."""
    entries = of_day(programme, day)
    if not entries:
        checker.tell(path, f"there is no session on {WEEKDAYS[day]}", "write one, or leave it out")
    times = Counter(entry.at for _, entry in entries)
    for place, entry in entries:
        at = join("sessions", place)
        if len(entries) > 1 and entry.at is None:
            message = f"there are {len(entries)} sessions on {WEEKDAYS[day]}: which comes when?"
            hint = f'write the `day` it is for, such as `day: {WEEKDAYS[day]}`, or `at: "07:30"`'
            checker.tell(at, message, hint)
        elif times[entry.at] > 1:
            message = f"two sessions on {WEEKDAYS[day]} have the same time"
            checker.tell(join(at, "at"), message, "give each a time of its own")


def _check_progress(programme: Programme, checker: Checker) -> None:
    """Weeks that are named are weeks of the programme."""
    progress: Progress = programme.progress
    grows = (("progress.reps", progress.reps), ("progress.sets", progress.sets))
    named = [
        (_item(checker.root, path, place), each.at)
        for path, growths in grows
        for place, each in enumerate(growths)
    ]
    named += [("progress.deload", week) for week in progress.deload]
    for path, week in named:
        if week is not None and week > programme.weeks:
            message = f"there is no week {week} in a programme of {programme.weeks} weeks"
            checker.tell(path, message)


def _item(root: Node, path: str, place: int) -> str:
    """The path of one of several values; that of the only one where no list is written."""
    return join(path, place) if isinstance(find(root, path), Items) else path

"""The checks of what a file says of itself against its timeline."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import Any, TypeVar

from voiceguide.export.mp4_chapters import fitting
from voiceguide.export.reading import ReadTags, TaggedChapter
from voiceguide.model.timeline import Chapter, Timeline, dump, parse
from voiceguide.model.units import MAX_SESSION_MS
from voiceguide.model.wording import clock
from voiceguide.verify.report import Check, Item

_NONE = "none"

_C = TypeVar("_C")


def read(text: str) -> Timeline:
    """The timeline of a text, its times such as a session can have.

    Raises:
        ValueError: it is none, or is damaged.
    """
    try:
        timeline = parse(text)
    except RecursionError as error:
        raise ValueError("not a timeline: nested too deep") from error
    times = [(cue.start_ms, cue.end_ms) for cue in (*timeline.cues, *timeline.chapters)]
    numbers = [timeline.duration_ms, *(ms for pair in times for ms in pair)]
    if not all(type(ms) is int and 0 <= ms <= MAX_SESSION_MS for ms in numbers):
        raise ValueError("a time that no session has")
    if any(start_ms > end_ms for start_ms, end_ms in times):
        raise ValueError("an end before its start")
    if [cue.start_ms for cue in timeline.cues] != sorted(cue.start_ms for cue in timeline.cues):
        raise ValueError("cues out of order")
    return timeline


def check_tags(timeline: Timeline, tags: ReadTags) -> tuple[Check, ...]:
    """Every check of the tags.

    Args:
        timeline: the one that counts.
        tags: of the file.
    """
    return _timeline(timeline, tags), _title(timeline, tags), _chapters(timeline, tags)


def _timeline(timeline: Timeline, tags: ReadTags) -> Check:
    """The timeline in the file; where it has none, one was given, and nothing contradicts it."""
    found = "in the file"
    if tags.timeline is None:
        found = "none in the file, compared with the one given"
    else:
        try:
            carried = read(tags.timeline)
        except ValueError as error:
            found = f"unreadable: {error}"
        else:
            if carried != timeline:
                found = f"another one: {_difference(timeline, carried)}"
    passed = tags.timeline is None or found == "in the file"
    item = Item(what="timeline", expected="in the file", found=found, passed=passed)
    return Check(name="timeline", limit="", worst=found, items=(item,))


def _difference(one: Timeline, other: Timeline) -> str:
    """The first thing in which two timelines differ."""
    pairs = zip_longest(_leaves(json.loads(dump(one))), _leaves(json.loads(dump(other))))
    for wanted, found in pairs:
        if wanted != found:
            path, value = wanted or found
            return f"{path} is {found[1]!r}, not {value!r}" if wanted and found else f"{path}"
    return "its form"


def _leaves(value: Any, path: str = "") -> Iterator[tuple[str, object]]:  # noqa: ANN401 - JSON
    """Everything that is said in a JSON value, with its path."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _leaves(inner, f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _leaves(inner, f"{path}[{number}]")
    else:
        yield path, value


def _title(timeline: Timeline, tags: ReadTags) -> Check:
    found = tags.title or _NONE
    item = Item(
        what="title", expected=timeline.title, found=found, passed=tags.title == timeline.title
    )
    return Check(name="title", limit="", worst=found, items=(item,))


def _chapters(timeline: Timeline, tags: ReadTags) -> Check:
    lists = {"": tags.chapters}
    if tags.chapter_track is not None:
        lists[" in the chapter track"] = tags.chapter_track
    n_chapters = max(map(len, (timeline.chapters, *lists.values())))
    items = tuple(
        _chapter(
            _at(timeline.chapters, number),
            {where: _at(chapters, number) for where, chapters in lists.items()},
        )
        for number in range(n_chapters)
    )
    found = [f"{len(chapters)} found{where}" for where, chapters in lists.items()]
    if len(set(map(len, lists.values()))) == 1:
        del found[1:]
    return Check(
        name="chapters", limit="", worst=", ".join(found) if items else "none due", items=items
    )


def _chapter(due: Chapter | None, lists: Mapping[str, TaggedChapter | None]) -> Item:
    """One chapter, in each list of a file, by words for the list."""
    found = {where: _NONE if each is None else _span(each) for where, each in lists.items()}
    wrong = [f"{found[where]}{where}" for where, each in lists.items() if not _same(due, each)]
    first = next(each for each in (due, *lists.values()) if each is not None)
    return Item(
        what=first.title,
        at_ms=first.start_ms,
        expected=_NONE if due is None else _span(due),
        found=", ".join(wrong) or found[""],
        passed=not wrong,
    )


def _at(chapters: Sequence[_C], number: int) -> _C | None:
    return chapters[number] if number < len(chapters) else None


def _same(due: Chapter | None, found: TaggedChapter | None) -> bool:
    if due is None or found is None:
        return due is None and found is None
    end_ms = due.end_ms if found.end_ms is None else found.end_ms
    titles = {due.title, fitting(due.title)}
    return found.title in titles and (due.start_ms, due.end_ms) == (found.start_ms, end_ms)


def _span(chapter: Chapter | TaggedChapter) -> str:
    end = "" if chapter.end_ms is None else f" to {clock(chapter.end_ms)}"
    return f'"{chapter.title}" from {clock(chapter.start_ms)}{end}'

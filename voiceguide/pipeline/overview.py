"""What a script is at a glance: how long, at which level, with what, and what for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from voiceguide import library
from voiceguide.model.exercise import Area
from voiceguide.model.options import Options
from voiceguide.model.session import Part, Session
from voiceguide.model.source import Source
from voiceguide.pipeline.loading import Loaded, load
from voiceguide.pipeline.planning import plan

_LEAST_SHARE = 0.1
"""Of the work: an area that has less of it is not what a session is for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """A script in a row of a table."""

    title: str
    description: str | None
    audience: str | None
    source: str | None
    language: str
    level: int | str
    estimated_ms: int
    """Exact where the script's times say all; words without a time of their own are estimated."""
    equipment: tuple[str, ...]
    areas: tuple[Area, ...]
    """What its work is for, by time; not what has less than a tenth of it."""


def overview(
    source: Source,
    options: Options = Options(),  # noqa: B008  a frozen value
) -> Overview:
    """A script at a glance, planned only where its length hangs on words.

    Raises:
        ScriptError: all faults of the script.
    """
    loaded = load(source, options)
    routine, session = loaded.routine, loaded.session
    return Overview(
        title=session.title,
        description=routine.description,
        audience=routine.audience,
        source=routine.source,
        language=routine.language,
        level=routine.level or 1,
        estimated_ms=_length_ms(loaded, source, options),
        equipment=session.equipment,
        areas=areas_of(session),
    )


def _length_ms(loaded: Loaded, source: Source, options: Options) -> int:
    lengths = [part.length_ms for part in loaded.session.parts]
    known = [length for length in lengths if length is not None]
    if len(known) == len(lengths) and loaded.fit_ms is None:
        return sum(known)
    # The silent engine is there on every machine.
    return plan(source, replace(options, engine="silent"), estimate=True).duration_ms


def areas_of(session: Session, without: Collection[Area] = ()) -> tuple[Area, ...]:
    """What the work of a session is for, by time; not what has less than a tenth of it.

    Args:
        session: what is done.
        without: moves that are for one of these do not count.
    """
    shelf = library.load(session.language)
    efforts = [effort for part in session.parts for effort in _efforts(part)]
    if not any(exercise for exercise, _ in efforts):
        # "Breathe in", "Hold": work in words of its own; "Box breathing" may say what for.
        named = shelf.find(session.title)
        return tuple(area for area in (named.areas if named else ()) if area not in without)
    worked_ms: Counter[Area] = Counter()
    for exercise, length_ms in efforts:
        areas = shelf.moves[exercise].areas if exercise is not None else ()
        if not set(areas) & set(without):
            worked_ms.update(dict.fromkeys(areas, length_ms))
    least_ms = _LEAST_SHARE * sum(length_ms for _, length_ms in efforts)
    return tuple(area for area, ms in worked_ms.most_common() if ms >= least_ms)


def _efforts(part: Part) -> Iterator[tuple[str | None, int]]:
    """Exercises and how long each is done; those of an `amrap` share its time."""
    if part.kind == "work":
        each = [told for told in part.told if told.kind == "work"] or [part]
        for effort in each:
            yield effort.exercise, (part.length_ms or 0) // len(each)

"""What `show` tells of a session and of an exercise."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from voiceguide.cli.messages import put
from voiceguide.cli.outline import outline
from voiceguide.cli.tables import put_paragraph, put_rows, table

if TYPE_CHECKING:
    from voiceguide.cli.outline import Item
    from voiceguide.cli.sources import Found
    from voiceguide.library import Library
    from voiceguide.model.exercise import Level, Move
    from voiceguide.model.options import Options
    from voiceguide.model.timeline import Timeline

_OUR_SCHEMA = "# yaml-language-server: $schema=../"
"""With this our own scripts begin; the path leads nowhere from another folder."""


def to_edit(found: Found) -> str:
    """The script itself, as it may be copied to anywhere."""
    text = found.source.text.decode().rstrip("\n")
    first, _, rest = text.partition("\n")
    return rest if first.startswith(_OUR_SCHEMA) else text


def move_data(move: Move) -> dict[str, object]:
    """An exercise as data."""
    return {**asdict(move), "kind": move.kind}


def session_data(found: Found, chosen: Options) -> dict[str, object]:
    """A session as data."""
    from voiceguide import pipeline

    return {
        "name": found.name,
        **asdict(pipeline.overview(found.source, chosen)),
        "variables": [
            asdict(each) for each in pipeline.load(found.source, chosen).routine.variables
        ],
        "steps": [asdict(item) for item in outline(_estimate(found, chosen))],
    }


def put_session(found: Found, chosen: Options) -> None:
    """Writes what a session is, what is done in it, and its variables."""
    from voiceguide import pipeline
    from voiceguide.model.wording import clock

    session = _estimate(found, chosen)
    routine = pipeline.load(found.source, chosen).routine
    seen = pipeline.overview(found.source, chosen)
    put(session.title)
    if seen.description:
        put_paragraph(seen.description)
    equipment = ", ".join(seen.equipment) or "none"
    length = clock(round(session.duration_ms, -3))
    put_paragraph(f"About {length}. Level {seen.level}. Equipment: {equipment}.")
    rows = [
        ("For", seen.audience),
        ("Works on", ", ".join(seen.areas)),
        ("Source", seen.source),
    ]
    if any(told for _, told in rows):
        put("")
        put_rows([(head, told) for head, told in rows if told])
    _put_items(outline(session))
    if routine.variables:
        put("\nVariables (--set NAME=VALUE):")
        put_rows([(each.name, each.type, each.default) for each in routine.variables], indent=2)


def _put_items(items: tuple[Item, ...]) -> None:
    """Writes the exercises below the names of their blocks."""
    rows = table([(item.label, item.amount) for item in items], indent=2)
    before = None
    for item, row in zip(items, rows, strict=True):
        if before is None or item.block != before.block:
            put(f"\n{item.block}" if item.block else "")
        put(row)
        before = item


def put_move(move: Move, shelf: Library, language: str) -> None:
    """Writes what the library knows of an exercise, with the left side for its sides."""
    from voiceguide import coach
    from voiceguide.library import catalogue
    from voiceguide.model import template

    book = coach.load(language)
    sides = {**book.side_words("side", "left"), **book.side_words("other_side", "right")}
    others = (shelf.moves[other].name for other in move.not_with if other in shelf.moves)
    put(move.name)
    rows = [
        ("id", move.id),
        ("also called", ", ".join(move.aliases)),
        ("for", ", ".join(move.areas)),
        ("begins", catalogue.begins(move)),
        ("as a rule", catalogue.amount(move)),
        ("equipment", ", ".join(move.equipment) or "none"),
        ("how", move.setup),
        ("in short", move.setup_short),
        *(("cue", cue) for cue in move.cues),
        ("breath", move.breath or ""),
        *(("mistake", mistake) for mistake in move.mistakes),
        ("safety", move.safety or ""),
        *((f"level {n}", _level(level)) for n, level in enumerate(move.levels, start=1)),
        ("not beside", ", ".join(others)),
    ]
    put_rows([(head, template.fill(told, sides)) for head, told in rows if told])


def _level(level: Level) -> str:
    """What a progression changes, apart from its cues."""
    head = ", ".join((level.name, *(level.equipment or ())))
    return ". ".join(filter(None, (head, level.setup)))


def _estimate(found: Found, chosen: Options) -> Timeline:
    """The timeline of a session, in estimated lengths."""
    from voiceguide import pipeline

    return pipeline.plan(found.source, chosen, estimate=True)

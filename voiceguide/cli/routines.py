"""`list`, `show` and `new`: what is built in, and a script to begin with."""

from __future__ import annotations

import shlex
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, get_args

import typer

from voiceguide.cli import options, sources
from voiceguide.cli.messages import put, put_json, put_rows, tell
from voiceguide.cli.sources import Found
from voiceguide.model.errors import UsageError

if TYPE_CHECKING:
    from voiceguide.library import Library
    from voiceguide.model.exercise import Level, Move
    from voiceguide.model.timeline import Timeline

Kind = Literal["routines", "exercises"]


def list_all(
    kind: Annotated[
        Kind | None,
        typer.Argument(metavar="KIND", help="routines or exercises; both where left out."),
    ] = None,
    *,
    area: Annotated[
        str | None,
        typer.Option(
            "--area", metavar="NAMES", help="Exercises for one of these: core,glutes or others."
        ),
    ] = None,
    equipment: Annotated[
        str | None,
        typer.Option(
            "--equipment",
            metavar="NAMES",
            help="Exercises that need no more than this: none,band or others.",
        ),
    ] = None,
    language: options.Language = "en",
    as_json: options.Json = False,
) -> None:
    """List the built-in routines and exercises."""
    from voiceguide.library import catalogue
    from voiceguide.model.wording import clock

    chosen = area is not None or equipment is not None
    if chosen and kind == "routines":
        raise UsageError(
            "--area and --equipment choose exercises", "Write `voiceguide list exercises`."
        )
    kind = "exercises" if chosen else kind
    routines = [] if kind == "exercises" else sources.builtins()
    sessions = [(routine, _estimate(routine)) for routine in routines]
    moves = [] if kind == "routines" else _selected(_shelf(language), area, equipment)
    if as_json:
        data = {
            "routines": [_session_data(routine, session) for routine, session in sessions],
            "exercises": [_move_data(move) for move in moves],
        }
        put_json(data if kind is None else {kind: data[kind]})
        return
    if sessions:
        put_rows(
            [(each.name, clock(_rounded(session)), session.title) for each, session in sessions],
        )
    if sessions and moves:
        put("")
    if moves:
        put_rows(
            [(move.name, ", ".join(move.areas), catalogue.equipment(move)) for move in moves],
        )
    if chosen and not moves:
        tell("No exercise is for this area and needs no more than this equipment.")


def show(
    name: Annotated[
        str,
        typer.Argument(
            metavar="NAME",
            help="A script, a built-in routine, or an exercise.",
            autocompletion=options.complete_name,
        ),
    ],
    *,
    script: Annotated[
        bool, typer.Option("--script", help="The script of a routine itself, to copy and edit.")
    ] = False,
    language: options.Language = "en",
    as_json: options.Json = False,
) -> None:
    """Show a script, a built-in routine or an exercise.

    What is done in it, and the variables that `--set` can give other values.
    """
    routine = sources.known(name)
    if routine is not None:
        if script:
            put(routine.source.text.decode().rstrip("\n"))
        elif as_json:
            put_json(_session_data(routine, _estimate(routine)))
        else:
            _put_session(routine)
        return
    shelf = _shelf(language)
    move = shelf.find(name)
    if move is None:
        near = (*sources.nearest(name), *shelf.nearest(name))
        raise UsageError(
            f"no routine and no exercise is called {name}",
            f"Did you mean {near[0]}?" if near else "`voiceguide list` shows them all.",
        )
    if script:
        raise UsageError(f"{name} is an exercise, and has no script", "Leave --script out.")
    if as_json:
        put_json(_move_data(move))
    else:
        _put_move(move, shelf)


def new(
    file: Annotated[
        Path,
        typer.Argument(metavar="FILE", help="The script to write, or `-` for standard output."),
    ],
) -> None:
    """Write a new script to edit."""
    from voiceguide import library

    text = library.starter()
    if file == Path("-"):
        put(text.rstrip("\n"))
        return
    path = file if file.suffix.lower() in sources.SUFFIXES else Path(f"{file}.yaml")
    try:
        with path.open("x", encoding="utf-8", newline="\n") as target:
            target.write(text)
    except FileExistsError as error:
        raise UsageError(f"{path} is there already", "Name another file.") from error
    except OSError as error:
        raise UsageError(
            f"{path} cannot be written: {error.strerror}", "Name a file in a folder of yours."
        ) from error
    tell(f"{path} is written. Next:")
    tell(f"  voiceguide check {shlex.quote(str(path))}")
    tell(f"  voiceguide render {shlex.quote(str(path))}")


def _shelf(language: str) -> Library:
    """The exercises in the words of a language."""
    from voiceguide import library

    shelf = library.load(language)
    if not shelf.moves:
        raise UsageError(
            f"--language {language}: there are no exercises in this language",
            "`voiceguide phrases` lists the languages.",
        )
    return shelf


def _selected(shelf: Library, area: str | None, equipment: str | None) -> list[Move]:
    """The exercises of a shelf that are for an area and need no more than given."""
    from voiceguide import library
    from voiceguide.library import selection
    from voiceguide.model.exercise import Area

    moves = library.load().moves.values()
    areas, things = (
        None if names is None else [name.strip().casefold() for name in names.split(",")]
        for names in (area, equipment)
    )
    wrong = next((name for name in areas or () if name not in get_args(Area)), None)
    if wrong is not None:
        raise UsageError(
            f"--area {wrong}: there is no such area", f"The areas: {', '.join(get_args(Area))}."
        )
    wrong = selection.unknown(things or (), moves)
    if wrong is not None:
        known = ", ".join((selection.NOTHING, *selection.things(moves)))
        raise UsageError(f"--equipment {wrong}: no exercise needs it", f"What they need: {known}.")
    ids = {move.id for move in selection.select(moves, areas, things)}
    return [move for move in shelf.moves.values() if move.id in ids]


def _move_data(move: Move) -> dict[str, object]:
    return {**asdict(move), "kind": move.kind}


def _estimate(routine: Found) -> Timeline:
    """The timeline of a built-in routine; the silent engine is there on every machine."""
    from voiceguide import pipeline
    from voiceguide.model.options import Options

    return pipeline.plan(routine.source, Options(engine="silent"), estimate=True)


def _rounded(session: Timeline) -> int:
    return round(session.duration_ms, -3)


def _session_data(found: Found, session: Timeline) -> dict[str, object]:
    from voiceguide import pipeline
    from voiceguide.cli.outline import outline

    return {
        "name": found.name,
        "title": session.title,
        "language": session.language,
        "estimated_ms": session.duration_ms,
        "equipment": session.equipment,
        "variables": [asdict(each) for each in pipeline.load(found.source).routine.variables],
        "steps": [asdict(item) for item in outline(session)],
    }


def _put_session(found: Found) -> None:
    from voiceguide import pipeline
    from voiceguide.cli.outline import outline
    from voiceguide.model.wording import clock

    session = _estimate(found)
    routine = pipeline.load(found.source).routine
    put(session.title)
    if routine.description:
        put(routine.description)
    put(f"About {clock(_rounded(session))}. Equipment: {', '.join(session.equipment) or 'none'}.")
    items = outline(session)
    width = max((len(item.label) for item in items), default=0)
    block = None
    for item in items:
        if item.block != block:
            block = item.block
            put(f"\n{block}" if block else "")
        put(f"  {item.label:<{width}}  {item.amount}")
    if routine.variables:
        put("\nVariables (--set NAME=VALUE):")
        put_rows([(f"  {each.name}", each.type, each.default) for each in routine.variables])


def _put_move(move: Move, shelf: Library) -> None:
    from voiceguide.library import catalogue

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
    put_rows([row for row in rows if row[1]])


def _level(level: Level) -> str:
    """What a progression changes, apart from its cues."""
    head = ", ".join((level.name, *(level.equipment or ())))
    return ". ".join(filter(None, (head, level.setup)))

"""`list`, `show` and `new`: what is built in, and a script to begin with."""

from __future__ import annotations

import shlex
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from voiceguide.cli import options, sources
from voiceguide.cli.messages import put, put_json, put_rows, tell
from voiceguide.cli.sources import Found
from voiceguide.model.errors import UsageError

if TYPE_CHECKING:
    from voiceguide.library import Library
    from voiceguide.model.exercise import Move
    from voiceguide.model.timeline import Timeline

Kind = Literal["routines", "exercises"]


def list_all(
    kind: Annotated[
        Kind | None,
        typer.Argument(metavar="KIND", help="routines or exercises; both where left out."),
    ] = None,
    *,
    language: options.Language = "en",
    as_json: options.Json = False,
) -> None:
    """List the built-in routines and exercises."""
    from voiceguide.model.wording import clock

    routines = [] if kind == "exercises" else sources.builtins()
    sessions = [(routine, _estimate(routine)) for routine in routines]
    moves = [] if kind == "routines" else list(_shelf(language).moves.values())
    if as_json:
        data = {
            "routines": [_session_data(routine, session) for routine, session in sessions],
            "exercises": [asdict(move) for move in moves],
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
        put_rows([(move.name, ", ".join(move.areas), ", ".join(move.equipment)) for move in moves])


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
        put_json(asdict(move))
    else:
        _put_move(move)


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


def _put_move(move: Move) -> None:
    put(move.name)
    rows = [
        ("id", move.id),
        ("also called", ", ".join(move.aliases)),
        ("trains", ", ".join(move.areas)),
        ("equipment", ", ".join(move.equipment) or "none"),
        ("how", move.setup),
        ("in short", move.setup_short),
        *(("cue", cue) for cue in move.cues),
        ("safety", move.safety or ""),
        *(
            (f"level {number}", ", ".join((level.name, *(level.equipment or ()))))
            for number, level in enumerate(move.levels, start=1)
        ),
    ]
    put_rows([row for row in rows if row[1]])

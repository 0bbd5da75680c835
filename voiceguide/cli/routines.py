"""`list`, `show` and `new`: what is built in, and a script to begin with."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from voiceguide.cli import choosing, options, overviews, showing, sources, timetable
from voiceguide.cli.messages import put, put_json, tell
from voiceguide.cli.shell import quoted
from voiceguide.cli.tables import put_rows
from voiceguide.model.errors import UsageError

if TYPE_CHECKING:
    from voiceguide.library import Library
    from voiceguide.model.exercise import Move
    from voiceguide.pipeline import Overview

Kind = Literal["routines", "programmes", "exercises"]


def list_all(
    kind: Annotated[
        Kind | None,
        typer.Argument(
            metavar="KIND",
            help="routines, programmes (for `program`) or exercises; by default all.",
        ),
    ] = None,
    *,
    area: Annotated[
        str | None,
        typer.Option("--area", metavar="NAMES", help="For one of these: core,glutes or others."),
    ] = None,
    equipment: Annotated[
        str | None,
        typer.Option(
            "--equipment",
            metavar="NAMES",
            help="What needs no more than this: none,band or others.",
        ),
    ] = None,
    minutes: Annotated[
        str | None,
        typer.Option(
            "--minutes", metavar="MOST|FROM-TO", help="Routines of this length: 10 or 10m, or 5-10."
        ),
    ] = None,
    level: Annotated[
        str | None,
        typer.Option("--level", metavar="LEVELS", help="Routines of one of these levels: 1,2."),
    ] = None,
    language: options.Language = "en",
    as_json: options.Json = False,
) -> None:
    """List the built-in routines and exercises.

    Of a routine: name, length, level, title, what it is for and what it needs. Level 1 is for
    everybody, 2 for those who know the moves, 3 for those who are used to hard work. The weeks of
    one plan share a row, unless an option chooses.
    """
    from voiceguide import pipeline

    choice = choosing.choose(area, equipment, minutes, level)
    if choice.is_of_routines and kind not in {None, "routines"}:
        raise UsageError(
            "--minutes and --level choose routines", "Write `voiceguide list routines`."
        )
    if kind == "programmes" and not choice.is_open:
        raise UsageError(
            "--area and --equipment choose routines and exercises", "List them without."
        )
    kind = "routines" if choice.is_of_routines else kind
    builtins = sources.builtins() if kind in {None, "routines"} else ()
    courses = timetable.listed() if choice.is_open and kind in {None, "programmes"} else []
    seen = [(found.name, pipeline.overview(found.source)) for found in builtins]
    routines = [(name, each) for name, each in seen if choice.passes(each)]
    moves = choice.moves(_shelf(language)) if kind in {None, "exercises"} else []
    if as_json:
        data = {
            "routines": [{"name": name, **asdict(each)} for name, each in routines],
            "programmes": courses,
            "exercises": [showing.move_data(move) for move in moves],
        }
        put_json(data if kind is None else {kind: data[kind]})
        return
    _put_lists(routines, courses, moves, folded=choice.is_open)
    if not routines and not courses and not moves:
        tell(f"There are no {kind or 'routines or exercises'} of this kind.")


def _put_lists(
    routines: list[tuple[str, Overview]],
    courses: list[dict[str, object]],
    moves: list[Move],
    *,
    folded: bool,
) -> None:
    from voiceguide.library import catalogue

    if routines:
        put_rows(overviews.rows(routines, folded=folded))
    if routines and courses:
        put("")
    if courses:
        put_rows([timetable.row(each) for each in courses])
    if moves and (routines or courses):
        put("")
    if moves:
        put_rows(
            [(move.name, ", ".join(move.areas), catalogue.equipment(move)) for move in moves],
        )


def show(
    name: Annotated[
        str,
        typer.Argument(
            metavar="NAME",
            help="A script, a programme, something built in, or an exercise.",
            autocompletion=options.complete_name,
        ),
    ],
    *,
    script: Annotated[
        bool, typer.Option("--script", help="The script of a routine itself, to copy and edit.")
    ] = False,
    variables: options.Set = None,
    language: options.Language = "en",
    as_json: options.Json = False,
) -> None:
    """Show a script, a programme or an exercise, of yours or built in.

    What is done in it, and the variables that `--set` can give other values.
    """
    routine = sources.known(name) or sources.known(name, "programmes")
    chosen = options.overrides(engine="silent", variables=variables)
    if routine is not None:
        if script:
            put(showing.to_edit(routine))
        elif timetable.is_one(routine):
            timetable.refuse({}, variables=variables)
            timetable.show_plan(routine, chosen, estimate=True, as_json=as_json)
        elif as_json:
            put_json(showing.session_data(routine, chosen))
        else:
            showing.put_session(routine, chosen)
        return
    shelf = _shelf(language)
    move = shelf.find(name)
    if move is None:
        near = (*sources.nearest(name), *shelf.nearest(name))
        raise UsageError(
            f"no routine and no exercise is called {name}",
            f"Did you mean {near[0]}?" if near else "`voiceguide list` shows them all.",
        )
    for given, option in ((script, "--script"), (variables, "--set")):
        if given:
            raise UsageError(f"{name} is an exercise, and no script", f"Leave {option} out.")
    if as_json:
        put_json(showing.move_data(move))
    else:
        showing.put_move(move, shelf, language)


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
    save(file, text)


def save(file: Path, text: str) -> None:
    """Writes a new script, and tells what can be done with it; never over one that is there.

    Raises:
        UsageError: There is such a file, or it cannot be written.
    """
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
    tell(f"  voiceguide check {quoted(path)}")
    tell(f"  voiceguide render {quoted(path)}")


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

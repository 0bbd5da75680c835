"""`compose`: a script from wishes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, get_args

import typer

from voiceguide.cli import choosing, options
from voiceguide.cli.messages import put
from voiceguide.model.errors import UsageError

if TYPE_CHECKING:
    from voiceguide.compose import PositionWish, Wishes
    from voiceguide.pipeline.composing import Composer

_SEEDS = 10_000
_TOLD = 4
"""What would help is told up to this often."""


def compose(
    *,
    minutes: Annotated[
        str | None,
        typer.Option("--minutes", metavar="N", help="How long it lasts, exactly: 10 or 10m."),
    ] = None,
    area: Annotated[
        str | None,
        typer.Option(
            "--area",
            metavar="NAMES",
            help="What it is for: upper-glutes, core,legs or others. Default: the whole body",
        ),
    ] = None,
    equipment: Annotated[
        str | None,
        typer.Option(
            "--equipment",
            metavar="NAMES",
            help="What is at hand: none,band or others; without none only what uses it is work. "
            "Default: none",
        ),
    ] = None,
    level: Annotated[
        int | None,
        typer.Option("--level", metavar="N", min=1, max=3, help="How hard, 1 to 3. Default: 1"),
    ] = None,
    position: Annotated[
        str | None,
        typer.Option(
            "--position",
            metavar="any|floor-first|standing-first|standing|floor",
            help="In which order, or where alone. Default: any",
        ),
    ] = None,
    seed: Annotated[
        int | None,
        typer.Option(
            "--seed",
            metavar="N",
            min=0,
            help="The same seed gives the same script. Default: one drawn by chance",
        ),
    ] = None,
    like: Annotated[
        str | None,
        typer.Option(
            "--like",
            metavar="SCRIPT",
            help="Vary this session: its length, areas, equipment, level and order where they are "
            "not given, in other exercises.",
            autocompletion=options.complete_script,
        ),
    ] = None,
    language: options.SessionLanguage = "en",
    title: Annotated[
        str | None,
        typer.Option("--title", metavar="TEXT", help="In place of one that tells area and length."),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o", "--output", metavar="FILE", help="The script to write. Default: standard output"
        ),
    ] = None,
) -> None:
    """Compose a script from wishes: exercises in a sensible order, in exactly the time.

    Its comments tell why each exercise is there. It is an ordinary script: edit it as you like.
    """
    from voiceguide.cli.routines import save
    from voiceguide.compose import Impossible, Wishes
    from voiceguide.pipeline.composing import Composer

    length = None if minutes is None else choosing.minutes(minutes)
    if like is None and length is None:
        raise UsageError("how long is it to be?", "Write, for example, --minutes 10.")
    wishes = Wishes(minutes=length or 0) if like is None else _like(like)
    wishes = replace(
        wishes,
        minutes=length or wishes.minutes,
        areas=wishes.areas if area is None else choosing.areas(area),
        equipment=wishes.equipment if equipment is None else choosing.equipment(equipment),
        level=level or wishes.level,
        position=wishes.position if position is None else _position(position),
        seed=_chance() if seed is None else seed,
    )
    composer = Composer(_spoken(language), None if title is None else _title(title))
    try:
        text = composer.write(composer.compose(wishes))
    except Impossible as error:
        raise _refusal(wishes, composer) from error
    if output is None or output == Path("-"):
        put(text.rstrip("\n"))
    else:
        save(output, text)


def _chance() -> int:
    """A seed that somebody can type again."""
    import secrets

    return secrets.randbelow(_SEEDS)


def _spoken(language: str) -> str:
    from voiceguide import compose

    if not compose.speaks(language):
        raise UsageError(
            f"--language {language}: no session can be composed in this language",
            "`voiceguide phrases` lists the languages.",
        )
    return language


def _title(written: str) -> str:
    """A title in one line, so that the comment with the call is one."""
    from voiceguide.script.faults import Refused
    from voiceguide.script.nodes import Scalar
    from voiceguide.script.scalars import plain_text

    try:
        return plain_text(Scalar(" ".join(written.split()), plain=False, at=(1, 1)))
    except Refused as error:
        raise UsageError(f"--title: {error.message}", "Write another, or leave it out.") from error


def _position(name: str) -> PositionWish:
    from voiceguide.compose import PositionWish

    known: dict[str, PositionWish] = {each: each for each in get_args(PositionWish)}
    if name not in known:
        raise choosing.no_such(f"--position {name}: there is no such order", name, list(known))
    return known[name]


def _like(script: str) -> Wishes:
    """The wishes of which a script might have been composed."""
    from voiceguide import compose, library, pipeline
    from voiceguide.cli.sources import find
    from voiceguide.model.options import Options

    session = pipeline.plan(find(script).source, Options(engine="silent"), estimate=True)
    moves = [
        (segment.exercise, segment.level or 1)
        for segment in session.segments
        if segment.kind == "work" and segment.exercise is not None
    ]
    wishes = compose.like(moves, session.duration_ms, library.load(), script)
    if wishes is None:
        raise UsageError(
            f"--like {script}: there is no exercise of the library in it",
            "Name another script, or write --minutes and --area.",
        )
    return wishes


def _refusal(wishes: Wishes, composer: Composer) -> UsageError:
    """What is impossible, and what would make it possible."""
    near = composer.nearby(wishes)
    message = f"no session of {_minutes(wishes.minutes)} can be made of these wishes"
    if near.empty_areas:
        message += f": no exercise is for {' or '.join(near.empty_areas)}"
    else:
        message += f": they leave {near.n_moves} exercise{'s' if near.n_moves != 1 else ''}"
    hints = []
    if near.shortest is not None and wishes.minutes < near.shortest:
        hints.append(f"at least {_minutes(near.shortest)}")
    elif near.longest is not None and wishes.minutes > near.longest:
        hints.append(f"at most {_minutes(near.longest)}")
    for change in near.changes[:_TOLD]:
        there = f"{change.option} there are {change.n_moves}"
        other = change.minutes != wishes.minutes
        hints.append(there + (f", for {_minutes(change.minutes)}" if other else ""))
    return UsageError(
        message, f"Possible: {'; '.join(hints)}." if hints else "Wish for less at once."
    )


def _minutes(n: int) -> str:
    return f"{n} minute{'s' if n != 1 else ''}"

"""`play` and `history`: a session heard as it is made, and what was heard."""

from __future__ import annotations

import time
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from voiceguide.cli import options, resuming
from voiceguide.cli.messages import put, put_json, tell
from voiceguide.cli.progress import shown
from voiceguide.cli.shell import quoted
from voiceguide.cli.sources import Found, find
from voiceguide.cli.tables import put_rows
from voiceguide.model.errors import EXIT_INTERRUPTED, UsageError

if TYPE_CHECKING:
    from voiceguide.live import Device, Outcome
    from voiceguide.live.history import Played
    from voiceguide.live.resume import Bookmark
    from voiceguide.model.options import Options
    from voiceguide.model.timeline import Segment, Timeline
    from voiceguide.sound import Mix


def play(
    context: typer.Context,
    script: options.ScriptOrNone = None,
    *,
    device: Annotated[
        str | None,
        typer.Option(
            "--device",
            metavar="NAME|null|list",
            help="A sound device, `null` for none, `list` to see them. Default: the system's own.",
        ),
    ] = None,
    start: Annotated[
        str | None,
        typer.Option(
            "--from", metavar="TIME|NAME", help="Begin at 12:30, or at a block or an exercise."
        ),
    ] = None,
    resume: Annotated[
        bool,
        typer.Option(
            "--resume", help="Begin at the segment that was left; without SCRIPT, in the last one."
        ),
    ] = False,
    wait_between: Annotated[
        bool, typer.Option("--wait-between", help="Wait for a key before each exercise.")
    ] = False,
    beeps_only: Annotated[
        bool, typer.Option("--beeps-only", help="Tones and no words: the same as --talk beeps.")
    ] = False,
    proof: Annotated[
        bool, typer.Option("--proof", help="To proof-listen: silence lasts a second at most.")
    ] = False,
    volume: Annotated[
        int,
        typer.Option("--volume", metavar="PERCENT", min=0, max=100, help="0 to 100. Default: 100"),
    ] = 100,
    log: Annotated[
        Path | None,
        typer.Option("--log", metavar="FILE", help="Write what happens when, as lines of JSON."),
    ] = None,
    no_history: Annotated[
        bool, typer.Option("--no-history", help="Do not write down that it was played.")
    ] = False,
    voice: options.Voice = None,
    engine: options.Engine = None,
    rate: options.Rate = None,
    talk: options.Talk = None,
    level: options.Level = None,
    fit: options.Fit = None,
    variables: options.Set = None,
    music: options.Music = None,
) -> None:
    """Play a script, hands-free: the very session that `render` writes.

    Keys: space pauses and ends a wait, right and left go to the next and the previous segment, up
    and down change the volume, `r` repeats the exercise, `+` gives 15 s more rest, `s` skips rest,
    `q` quits and remembers the place, `?` shows the keys.
    """
    from voiceguide import live, prepared
    from voiceguide.live.resume import Bookmark
    from voiceguide.model.wording import clock
    from voiceguide.sound import tones

    if device == "list":
        _list_devices()
        return
    if script is None:
        _play_last(context, resume=resume)
        return
    _refuse(beeps_only and talk not in {None, "beeps"}, f"--beeps-only and --talk {talk}")
    _refuse(resume and start is not None, "--resume and --from")
    found = find(script)
    chosen = options.overrides(
        voice=voice,
        engine=engine,
        rate=rate,
        talk="beeps" if beeps_only else talk,
        level=level,
        fit=fit,
        variables=variables,
        music=music,
    )
    try:
        timeline, mix = prepared.recall(found.source, chosen) or _prepare(found, chosen)
    except _Quit:
        tell("Left before it began.")
        return
    name = resuming.lasting_name(found)
    call = resuming.with_options([name], resuming.options(context)) if name else ()
    bookmark = Bookmark(name or found.source.origin, found.source.text, call)
    start_ms, notice = _left(bookmark, timeline) if resume else (_place(start, timeline), "")
    if notice:
        tell(notice)
    settings = live.Settings(
        start_ms=start_ms,
        wait_between=wait_between,
        proof=proof,
        volume=volume,
        log=log,
        notice=notice,
    )
    began = datetime.now().astimezone()

    def keep(segment: Segment) -> None:
        bookmark.write(segment.index, segment.label)

    outcome = live.play(
        timeline,
        mix,
        tones.load("bell"),
        _device(device),
        settings,
        now=time.monotonic,
        sleep=time.sleep,
        on_segment=keep,
    )
    if not (no_history or proof):
        _write_history(found, timeline, outcome, began)
    if outcome.finished:
        bookmark.remove()
        tell(f"finished: {timeline.title}, {clock(_seconds(timeline.duration_ms))}")
        return
    _tell_left(call, timeline, outcome)
    if outcome.interrupted:
        raise typer.Exit(EXIT_INTERRUPTED)


def _refuse(contradiction: bool, options: str) -> None:
    if contradiction:
        raise UsageError(f"{options} contradict each other", "Give only one.")


def _play_last(context: typer.Context, *, resume: bool) -> None:
    """Goes on with what was left last, as it was begun; what is given now counts before that."""
    from voiceguide.live.resume import last

    left = last() if resume else None
    if left is None:
        raise UsageError(
            "which script? None was left in the middle" if resume else "which script?",
            "`voiceguide list` shows the built-in routines.",
        )
    call = resuming.with_options(left.call, resuming.options(context, once=True))
    tell(f"`{resuming.command(call)}`")
    again = context.command.make_context("play", [*call, "--resume"], parent=context.parent)
    with again:
        again.command.invoke(again)


class _Quit(KeyboardInterrupt):
    """`q` before the first sound: no error, and like Ctrl-C nothing on its way may catch it."""


def _prepare(found: Found, chosen: Options) -> tuple[Timeline, Mix]:
    """A session that is played for the first time since anything about it changed.

    Raises:
        _Quit: `q` was pressed meanwhile.
    """
    from voiceguide import pipeline
    from voiceguide.live import keys

    with keys.terminal(time.sleep) as typed, shown(found.name) as progress:

        def attend(phase: str, done: int, total: int) -> None:
            progress(phase, done, total)
            if "quit" in typed.read(0):
                raise _Quit

        made = pipeline.prepare(found.source, chosen, attend)
        attend("ready", 1, 1)
    return made


def history(*, as_json: options.Json = False) -> None:
    """List the sessions that were played, the last one at the end, and what to play again."""
    from voiceguide.live import history as kept

    sessions = kept.read()
    if as_json:
        from dataclasses import asdict

        put_json([asdict(session) for session in sessions])
    elif not sessions:
        tell("Nothing was played yet.")
    else:
        put_rows([_row(played) for played in sessions])


def _row(played: Played) -> tuple[str, ...]:
    from voiceguide.model.wording import clock

    came = "finished" if played.finished else f"left at {clock(_seconds(played.played_ms))}"
    day = played.date.replace("T", " ")[:16]
    again = quoted(resuming.here(played.script)) if played.script != "<stdin>" else ""
    return day, clock(_seconds(played.duration_ms)), came, played.title, again


def _seconds(ms: int) -> int:
    return ms // 1000 * 1000


def _device(name: str | None) -> Device:
    from voiceguide.live import NullDevice
    from voiceguide.live.card import CardDevice

    if name == "null":
        return NullDevice(time.monotonic, time.sleep)
    return CardDevice(name)


def _list_devices() -> None:
    from voiceguide.live import card

    names = card.names()
    for name in (*names, "null"):
        put(name)
    tell(
        "null plays in real time, and nothing is heard."
        if names
        else "There is no sound device; null plays in real time without one."
    )


def _place(start: str | None, timeline: Timeline) -> int:
    """Where `--from` leads to, in ms."""
    from voiceguide.live import places
    from voiceguide.script.durations import milliseconds
    from voiceguide.script.faults import Refused

    if start is None:
        return 0
    try:
        place_ms = milliseconds(start, zero=True)
    except Refused:
        return places.named(timeline, start)
    if place_ms >= timeline.duration_ms:
        from voiceguide.model.wording import clock

        raise UsageError(
            f"--from {start}: the session is over by then",
            f"It lasts {clock(timeline.duration_ms)}.",
        )
    return place_ms


def _left(bookmark: Bookmark, timeline: Timeline) -> tuple[int, str]:
    """Where the session was left, in ms; from the beginning with a word on why."""
    left = bookmark.read()
    if left is not None:
        return timeline.segments[min(left.segment, len(timeline.segments) - 1)].start_ms, ""
    if bookmark.exists:
        return 0, "The script has changed since it was left: from the beginning."
    return 0, "It was not left in the middle: from the beginning."


def _tell_left(call: tuple[str, ...], timeline: Timeline, outcome: Outcome) -> None:
    from voiceguide.live import words
    from voiceguide.model.wording import clock

    where = words.summary(timeline.segments[outcome.segment])
    tell(f"Left at {clock(_seconds(outcome.position_ms))}: {where}.")
    if call:
        tell(f"`{resuming.command(call)}` goes on there.")


def _write_history(found: Found, timeline: Timeline, outcome: Outcome, began: datetime) -> None:
    from voiceguide.live import history as kept

    kept.add(
        kept.Played(
            date=began.isoformat(timespec="seconds"),
            script=resuming.lasting_name(found) or found.source.origin,
            title=timeline.title,
            duration_ms=timeline.duration_ms,
            played_ms=outcome.position_ms,
            finished=outcome.finished,
        )
    )

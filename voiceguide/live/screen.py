"""The screen of live play: what now, how long, what next; large, and redrawn only when it changes.

Without a terminal there are plain lines, one for each segment.
"""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, TextIO

from voiceguide.live import words
from voiceguide.live.view import Screen, View

if TYPE_CHECKING:
    from rich.console import Console
    from rich.live import Live
    from rich.text import Text

KEYS = (
    "space pause", "←→ move", "↑↓ volume", "r repeat", "+ rest", "s skip rest", "? keys", "q quit",
)  # fmt: skip
HELP = (
    ("space", "pauses, goes on, ends a wait"),
    ("Enter", "goes on, and never pauses"),
    ("← →", "the previous, the next step"),
    ("↑ ↓", "louder, softer"),
    ("r", "repeats the exercise"),
    ("+", "15 s more rest"),
    ("s", "skips rest"),
    ("q", "quits, remembers the place"),
    ("?", "shows these keys, and hides them"),
)
_COLOURS = {"work": "green", "rest": "cyan", "prepare": "cyan", "switch": "magenta"}
_IMPORTANT = ("particulars", "next", "bar", "head", "keys")
"""Small lines, in the order in which a terminal of few rows has room for them."""
_FEWEST_ROWS = 3
_NAME_SHARE = 0.35
_PLACE_SHARE = 0.2
"""Of the rows for large letters; the countdown has the others."""
_TITLE_COLUMNS = 12
"""So much of the title goes before the volume."""
_PLACE_FROM_ROWS = 30
"""With fewer rows side and set in large letters would cost the countdown its size."""

Line = tuple[str, str]
"""Text and style."""


@contextmanager
def opened(stream: TextIO | None = None, *, keys: bool = True) -> Iterator[Screen]:
    """The screen on a terminal, the lines on anything else.

    Args:
        stream: where it is; standard error where none is named.
        keys: whether there are any, so that it names them.
    """
    stream = stream or sys.stderr
    if not stream.isatty():
        yield PlainLines(stream)
        return
    from rich.console import Console  # noqa: PLC0415 - the sound does not wait for it
    from rich.live import Live  # noqa: PLC0415 - as above

    console = Console(file=stream)
    with Live(console=console, screen=True, auto_refresh=False, redirect_stderr=False) as live:
        yield _Terminal(console, live, keys=keys)


class PlainLines:
    """A line for each segment, and for each time that play stands still.

    Args:
        stream: where they are written.
    """

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._told: tuple[int, str] | None = None

    def show(self, view: View) -> None:
        """See `Screen.show`."""
        state = words.state(view)
        if (view.segment.index, state) != self._told:
            self._told = (view.segment.index, state)
            note = f" ({state})" if state else ""
            at = words.clock(view.position_ms // 1000 * 1000)
            asked = f": {view.words}" if view.words else ""
            self._stream.write(f"{at:>8}  {words.summary(view.segment)}{asked}{note}\n")
            self._stream.flush()


class _Terminal:
    def __init__(self, console: Console, live: Live, *, keys: bool) -> None:
        self._console, self._live, self._keys = console, live, keys
        self._shown: tuple[Line, ...] = ()

    def show(self, view: View) -> None:
        """See `Screen.show`."""
        size = self._console.size
        lines = tuple(layout(view, size.width, size.height, keys=self._keys))
        if lines != self._shown:
            self._shown = lines
            self._live.update(_text(lines), refresh=True)


def layout(view: View, columns: int, rows: int, *, keys: bool = True) -> list[Line]:
    """The whole screen, line by line: at most `rows`, none wider than `columns`.

    Args:
        view: what it shows.
        columns: of the terminal.
        rows: of the terminal.
        keys: whether its last line names them.
    """
    state = words.state(view)
    style = "yellow" if state else _COLOURS.get(view.segment.kind, "white")
    clock = "space" if view.waits else words.clock(view.left_ms)
    name = words.name(view.segment)
    if view.help:
        return _help(f"{clock}  {name}", bar(view, columns), columns, rows)
    if rows < _FEWEST_ROWS:
        return [(cut(f"{clock} {view.words or name}", columns), style)]
    told = _particulars(view, columns, rows)
    notice = _wrapped(view.notice, columns, rows // 2)
    small: dict[str, list[Line]] = {
        "head": [(line, "yellow") for line in notice] or [(head(view, columns), "dim")],
        "particulars": [(line.center(columns), "bold") for line in told],
        "next": [(_following(view).center(columns), "")],
        "bar": [(bar(view, columns), style)],
        "keys": [(key_line(columns).center(columns), "dim")] if keys else [],
    }
    free = rows
    for part in sorted(_IMPORTANT, key=lambda part: part != "head") if notice else _IMPORTANT:
        small[part] = small[part][: free - 2]
        free -= len(small[part])
    big_name = _large(name, columns, round(free * _NAME_SHARE))
    big_place = (
        _place(view, columns, round(free * _PLACE_SHARE)) if rows >= _PLACE_FROM_ROWS else []
    )
    big_clock = _large(clock, columns, free - len(big_name) - len(big_place) - 1)

    top = [
        *small["head"],
        *((line, f"bold {style}") for line in big_name),
        *small["particulars"],
        *((line, "bold") for line in big_place),
        *((line, f"bold {style}") for line in big_clock),
    ]
    bottom = [*small["next"], *small["bar"], *small["keys"]]
    spare: list[Line] = [("", "")] * (rows - len(top) - len(bottom))
    return [(cut(text, columns), style) for text, style in (*top, *spare, *bottom)][:rows]


def head(view: View, columns: int) -> str:
    """The title and, at the other end, what holds and the volume, as far as there is room."""
    rights = (f"{words.state(view)}   volume {view.volume} %".strip(), words.state(view),
              words.brief(view))  # fmt: skip
    least = min(len(view.title), _TITLE_COLUMNS)
    right = next((text for text in rights if columns - len(text) - 2 >= least), rights[-1])
    room = columns - len(right) - 2 if right else columns
    return f"{cut(view.title, room):<{max(room, 0)}}  {right}" if room > 0 else right


def bar(view: View, columns: int) -> str:
    """How much of the session is done, with the time that has gone and the time it lasts."""
    gone, whole = words.clock(view.position_ms), words.clock(view.duration_ms)
    width = columns - len(gone) - len(whole) - 2
    if width < 1:
        return gone
    done = round(width * view.position_ms / max(view.duration_ms, 1))
    return f"{gone} {'━' * done}{'─' * (width - done)} {whole}"


def key_line(columns: int) -> str:
    """The keys, as many as there is room for; the first and the last two before the others."""
    chosen = list(KEYS)
    while len(chosen) > 1 and len("  ".join(chosen)) > columns:
        chosen.pop(max(-3, 1 - len(chosen)))
    return "  ".join(chosen)


def _help(now: str, done: str, columns: int, rows: int) -> list[Line]:
    """What each key does, under what is now; in a low terminal in as few words as the last line."""
    lines = [f"{key:<7}{does}" for key, does in HELP]
    if len(lines) + 3 > rows or max(map(len, lines)) > columns:
        whole = "  ".join(key.replace(" ", "\xa0") for key in KEYS)  # no key without its word
        lines = [line.replace("\xa0", " ") for line in textwrap.wrap(whole, columns)]
    shown = [now, "", *lines] if len(lines) + 3 <= rows else [now, *lines]
    spare = [""] * (rows - len(shown) - 1)
    return [(cut(text, columns), "") for text in (*shown, *spare, done)[:rows]]


def _particulars(view: View, columns: int, rows: int) -> list[str]:
    """The words of a wait, or side, amount, set and round: an empty line where there is none."""
    return _wrapped(view.words, columns, rows // 2) or [words.particulars(view.segment)]


def _wrapped(text: str, columns: int, most_rows: int) -> list[str]:
    """The text as lines, the last of which ends in an ellipsis where there are too many."""
    return textwrap.wrap(text, columns, max_lines=max(most_rows, 1), placeholder="…")


def _following(view: View) -> str:
    if view.following is None:
        return "then it is done"
    return f"next: {words.summary(view.following)}"


def _place(view: View, columns: int, rows: int) -> list[str]:
    """Side and set in large letters; nothing where there is neither, or no room."""
    place = words.place(view.segment)
    large = _large(place, columns, rows) if place else []
    return large if len(large) > 1 else []


def cut(text: str, columns: int) -> str:
    """The text with an ellipsis in place of what has no room."""
    text = text.rstrip()
    return text if len(text) <= columns else f"{text[: columns - 1].rstrip()}…"


def _large(text: str, columns: int, rows: int) -> list[str]:
    """The text as large as it fits, in the middle of each line; plain where it does not."""
    from voiceguide.live import lettering  # noqa: PLC0415 - the sound does not wait for it

    found = lettering.fit(text, columns, rows) or (text,)
    return [line.center(columns) for line in found]


def _text(lines: Sequence[Line]) -> Text:
    from rich.text import Text  # noqa: PLC0415 - loaded by now

    text = Text(no_wrap=True, overflow="crop", end="")
    for number, (line, style) in enumerate(lines):
        text.append("\n" * bool(number) + line, style)
    return text

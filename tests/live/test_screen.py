"""What the listener sees."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from voiceguide.live import keys, lettering, screen, words
from voiceguide.live.transport import Mode
from voiceguide.live.view import View
from voiceguide.model.timeline import Segment, Speech, Timeline


@pytest.fixture
def view(workout: Timeline) -> View:
    work = replace(workout.segments[2], reps=8, loops=((1, 3),), round=1, rounds=3)
    return View(
        title="By hand",
        segment=work,
        following=workout.segments[4],
        mode="playing",
        position_ms=6_500,
        duration_ms=26_000,
        left_ms=2_500,
        open=False,
        volume=90,
    )


@pytest.mark.parametrize("columns", [1, 8, 20, 40, 80, 132, 300])
@pytest.mark.parametrize("rows", [1, 2, 3, 5, 8, 12, 24, 50, 100])
def test_it_fits_any_terminal_and_always_has_the_time(view: View, columns: int, rows: int) -> None:
    long = "Roll out the mat, then press space. " * 9
    for shown in (
        view,
        replace(view, words=long),
        replace(view, words=long, notice=long),
        replace(view, help=True),
    ):
        lines = screen.layout(shown, columns, rows)
        assert len(lines) <= rows
        assert all(len(text) <= columns for text, _ in lines)


def test_a_usual_terminal_has_everything(view: View) -> None:
    text = "\n".join(line for line, _ in screen.layout(view, 80, 24))
    for wanted in (
        "By hand",
        "volume 90 %",
        "left side · 8 reps · set 1 of 2 · round 1 of 3",
        "next: Plank · right side",
        "0:07 ━",
        " 0:26",
        "q quit",
    ):
        assert wanted in text
    assert "\n".join(lettering.fit("0:03", 80, 9) or ())[:20].strip()
    assert text.count("█") > 100


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        (80, screen.KEYS),
        (40, ("space pause", "←→ move", "? keys", "q quit")),
        (30, ("space pause", "? keys", "q quit")),
        (20, ("space pause", "q quit")),
        (12, ("space pause",)),
    ],
)
def test_the_last_line_names_as_many_keys_as_there_is_room_for(
    view: View, columns: int, expected: tuple[str, ...]
) -> None:
    text, _ = screen.layout(view, columns, 24)[-1]
    assert text.strip() == "  ".join(expected)


@pytest.mark.parametrize(("columns", "rows"), [(80, 24), (40, 12), (30, 8)])
def test_a_notice_is_on_the_screen_for_the_first_seconds(
    workout: Timeline, staged: Callable[..., Any], columns: int, rows: int
) -> None:
    notice = "The script has changed since it was left: from the beginning."
    stage = staged(workout, notice=notice)

    def shown() -> str:
        lines = screen.layout(stage.player.view(), columns, rows)
        return " ".join(" ".join(line for line, _ in lines).split())

    assert notice in shown()
    stage.clock.sleep(7.0)
    assert notice in shown()
    stage.clock.sleep(2.0)
    assert "changed" not in shown()
    assert "By hand" in shown()


def test_where_there_are_no_keys_none_is_named(view: View) -> None:
    assert "0:26" in screen.layout(view, 80, 24, keys=False)[-1][0]


@pytest.mark.parametrize(("columns", "rows"), [(80, 24), (40, 12), (30, 6)])
def test_a_question_mark_shows_every_key_and_hides_them_again(
    workout: Timeline, staged: Callable[..., Any], columns: int, rows: int
) -> None:
    player = staged(workout).player
    (asks,) = keys.decode(b"?")
    player.press(asks)
    text = "\n".join(line for line, _ in screen.layout(player.view(), columns, rows))
    assert "0:02  Listen" in text
    for key in ("space", *"r+s?q"):
        assert re.search(rf"(^|  ){re.escape(key)} ", text, re.MULTILINE)
    player.press(asks)
    assert "next: " in "\n".join(line for line, _ in screen.layout(player.view(), columns, rows))


@pytest.mark.parametrize(
    ("reps", "unit", "expected"),
    [(1, "reps", "1 rep"), (1, None, "1 rep"), (2, "reps", "2 reps"), (1, "pas", "1 pas")],
)
def test_one_rep_is_one(view: View, reps: int, unit: str | None, expected: str) -> None:
    segment = replace(view.segment, reps=reps, unit=unit)
    assert words.particulars(segment).split(" · ")[1] == expected


def test_a_tall_terminal_has_side_and_set_in_large_letters(view: View) -> None:
    large = lettering.fit("left 1/2", 120, 7)
    assert large is not None
    drawn = [line.strip() for line, _ in screen.layout(view, 120, 40)]
    first = drawn.index(large[0].strip())
    assert drawn[first : first + len(large)] == [line.strip() for line in large]


def test_a_title_that_is_too_long_ends_in_an_ellipsis(view: View) -> None:
    (head, _), *_ = screen.layout(replace(view, title="Upper glutes in ten minutes"), 30, 24)
    assert head == "Upper glutes in…   volume 90 %"


@pytest.mark.parametrize(
    ("mode", "columns", "expected"),
    [
        ("playing", 63, "Upper glutes…  at your own pace - space when done  volume 90 %"),
        ("playing", 50, "Upper glutes…  at your own pace - space when done"),
        ("playing", 40, "Upper glutes in ten mi…  space when done"),
        ("waiting", 30, "Upper glutes in…  press space"),
        ("waiting", 12, "press space"),
        ("paused", 40, "Upper glutes in…  paused - space goes on"),
        ("paused", 30, "Upper glutes in ten m…  paused"),
        ("playing", 8, "space w…"),
    ],
)
def test_in_a_narrow_terminal_the_volume_gives_way_first_and_nothing_is_cut_without_an_ellipsis(
    view: View, mode: Mode, columns: int, expected: str
) -> None:
    shown = replace(view, title="Upper glutes in ten minutes", mode=mode, open=True)
    (head, _), *_ = screen.layout(shown, columns, 24)
    assert re.sub(" {2,}", "  ", head) == expected


def test_what_comes_next_ends_in_an_ellipsis_where_it_is_too_long(view: View) -> None:
    following = replace(view.segment, label="My own exercise with quite a long name")
    text = [line for line, _ in screen.layout(replace(view, following=following), 40, 12)]
    assert "next: My own exercise with quite a long…" in text


def test_a_countdown_keeps_its_size_while_it_counts() -> None:
    sizes = {len(lettering.fit(f"0:{second:02}", 70, 10) or ()) for second in range(60)}
    assert max(sizes) - min(sizes) <= 1


def test_letters_that_do_not_fit_are_not_drawn() -> None:
    assert lettering.fit("Side-lying hip abduction", 40, 8) is None
    assert lettering.fit("Rest", 40, 2) is None


@pytest.mark.parametrize(
    ("mode", "opened", "expected"),
    [
        ("paused", False, "paused"),
        ("waiting", True, "press space"),
        ("resting", False, "more rest"),
        ("playing", True, "own pace"),
    ],
)
def test_where_play_stands_still_the_screen_says_what_lets_it_go(
    view: View, mode: str, opened: bool, expected: str
) -> None:
    shown = replace(view, mode=mode, open=opened)  # type: ignore[arg-type]
    text = "\n".join(line for line, _ in screen.layout(shown, 80, 24))
    assert expected in text


@pytest.mark.parametrize(("columns", "rows"), [(80, 24), (40, 12), (30, 6), (20, 4)])
def test_a_wait_shows_what_it_asks_for(
    workout: Timeline, staged: Callable[..., Any], columns: int, rows: int
) -> None:
    asked = "Roll out the mat, then press space"
    cues = (replace(cue, text=asked) if isinstance(cue, Speech) else cue for cue in workout.cues)
    start = workout.segments[7].start_ms * 48
    view = staged(replace(workout, cues=tuple(cues)), start=start).player.view()
    lines = [text.strip() for text, _ in screen.layout(view, columns, rows)]
    assert asked in " ".join(lines)
    stream = io.StringIO()
    with screen.opened(stream) as shown:
        shown.show(view)
    assert f"Your turn: {asked} (waiting for you - press space)" in stream.getvalue()


def test_without_a_terminal_there_is_a_line_for_each_segment(view: View, workout: Timeline) -> None:
    stream = io.StringIO()
    with screen.opened(stream) as shown:
        shown.show(view)
        shown.show(replace(view, position_ms=7_000))
        shown.show(replace(view, mode="paused"))
        shown.show(replace(view, segment=workout.segments[5], position_ms=14_000))
    assert stream.getvalue().splitlines() == [
        "    0:06  Plank · left side · 8 reps · set 1 of 2 · round 1 of 3",
        "    0:06  Plank · left side · 8 reps · set 1 of 2 · round 1 of 3 (paused - space goes on)",
        "    0:14  Rest",
    ]


def test_a_terminal_is_drawn_anew_only_when_something_has_changed(
    view: View, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("NO_COLOR", "1")
    stream = Terminal()
    with screen.opened(stream) as shown:
        shown.show(view)
        first = len(stream.getvalue())
        shown.show(replace(view, left_ms=2_400))
        assert len(stream.getvalue()) == first
        shown.show(replace(view, left_ms=1_900))
        assert len(stream.getvalue()) > first
    assert "\x1b[32m" not in stream.getvalue()
    assert stream.getvalue().endswith("\x1b[?1049l")


@pytest.mark.parametrize(
    ("left_ms", "expected"),
    [(0, "0:00"), (1, "0:01"), (1_000, "0:01"), (59_001, "1:00"), (3_723_000, "1:02:03")],
)
def test_started_seconds_count(left_ms: int, expected: str) -> None:
    assert words.clock(left_ms) == expected


def test_every_kind_of_segment_has_a_name(workout: Timeline) -> None:
    def nameless(segment: Segment) -> Segment:
        return replace(segment, label=None)

    assert all(words.name(nameless(segment)) for segment in workout.segments)

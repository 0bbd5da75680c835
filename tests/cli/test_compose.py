"""`compose`."""

from __future__ import annotations

import shlex
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Call = Callable[..., Any]
WISHES = ("compose", "--minutes", "10", "--area", "upper-glutes", "--equipment", "none,band",
          "--level", "2", "--position", "floor-first", "--seed", "7")  # fmt: skip


def test_a_script_is_printed_and_has_no_fault(call: Call) -> None:
    called = call(*WISHES)
    assert called.code == 0
    Path("my.yaml").write_text(called.out, encoding="utf-8")
    checked = call("check", "my.yaml")
    assert checked.code == 0
    assert "warning" not in checked.err


def test_its_first_comment_is_the_call_that_makes_it_again(call: Call) -> None:
    script = call(*WISHES).out
    again = script.splitlines()[1].removeprefix("#   voiceguide ")
    assert call(*again.split()).out == script


def test_the_call_of_a_session_like_another_makes_it_again(call: Call) -> None:
    script = call("compose", "--like", "upper-glutes-10", "--level", "2", "--seed", "5").out
    assert "Other moves than upper-glutes-10" in script
    again = script.splitlines()[1].removeprefix("#   voiceguide ")
    assert call(*again.split()).out == script


def test_the_call_of_a_session_with_a_title_makes_it_again(call: Call) -> None:
    title = 'O\'Neil:  "legs" & more\n日本語 🏋️'
    script = call("compose", "--minutes", "10", "--seed", "5", "--title", title).out
    again = shlex.split(script.splitlines()[1].removeprefix("#   voiceguide "))
    assert call(*again).out == script
    Path("my.yaml").write_text(script, encoding="utf-8")
    assert call("check", "my.yaml").code == 0


def test_without_a_seed_one_is_drawn_and_told(call: Call) -> None:
    assert " --seed " in call("compose", "--minutes", "10").out.splitlines()[1]


def test_a_file_is_written_once_and_never_over(call: Call) -> None:
    called = call(*WISHES, "-o", "mine")
    assert called.out == ""
    assert "voiceguide render mine.yaml" in called.err
    assert Path("mine.yaml").read_text(encoding="utf-8") == call(*WISHES).out
    again = call(*WISHES, "-o", "mine")
    assert again.code == 2
    assert "mine.yaml is there already" in again.err


def test_a_session_of_other_words(call: Call) -> None:
    script = call("compose", "--minutes", "8", "--language", "de", "--title", "Mein Tag").out
    assert 'title: "Mein Tag"' in script
    assert "language: de" in script


def test_minutes_may_have_their_unit(call: Call) -> None:
    told = {call("compose", "--minutes", n, "--seed", "7").out for n in ("6", "6m", "6 min")}
    assert len(told) == 1
    assert "6 minutes" in told.pop()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ((), "how long is it to be?"),
        (("--minutes", "10", "--area", "uper-glutes"), "Did you mean upper-glutes"),
        (("--minutes", "10", "--area", "wings"), "There are: upper-glutes, glutes"),
        (("--minutes", "10", "--equipment", "none,wieghts"), "Did you mean weight"),
        (("--minutes", "1", "--area", "calves", "--equipment", "nothing-like-it"), "no exercise"),
        (("--minutes", "0"), "--minutes 0: expected whole minutes, 1 to 720"),
        (("--minutes", "5-10"), "--minutes 5-10: expected whole minutes, 1 to 720"),
        (("--minutes", "721m"), "--minutes 721m: expected whole minutes, 1 to 720"),
        (("--minutes", "10", "--title", "F\udcfcr", "-o", "x"), "the control character U+DCFC"),
        (("--minutes", "10", "--title", "  "), "--title: the text is empty"),
        (("--minutes", "10", "--title", "ding\a"), "--title: the control character U+0007"),
        (("--minutes", "10", "--position", "sideways"), "floor-first"),
        (("--minutes", "10", "--language", "sv"), "no session can be composed"),
        (("--minutes", "10", "--like", "uper-glutes-10"), "Did you mean upper-glutes-10?"),
        (("--minutes", "60", "--area", "calves"), "with --equipment none,chair"),
        (("--minutes", "2"), "at least 4 minutes"),
        (("--minutes", "60", "--area", "core", "--position", "standing"), "at most"),
        (("--minutes", "10", "--area", "run-drill", "--position", "floor"), "without --position"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_with_what_can(
    call: Call, arguments: tuple[str, ...], told: str
) -> None:
    called = call("compose", *arguments)
    assert called.code == 2
    assert told in " ".join(called.err.split())


def test_no_longer_session_is_told_to_be_the_longest(call: Call) -> None:
    """Ten minutes of breathing on the floor and then standing cannot be; twelve can."""
    wishes = ("--area", "breath", "--level", "2", "--position", "floor-first", "--seed", "7")
    called = call("compose", "--minutes", "10", *wishes)
    assert called.code == 2
    assert "Possible: " in called.err
    assert "at most" not in called.err
    assert call("compose", "--minutes", "12", *wishes).code == 0


def test_nothing_to_be_like(call: Call) -> None:
    Path("own.yaml").write_text(
        "voiceguide: 1\ntitle: t\nsteps:\n  - exercise: my own thing\n    duration: 20s\n",
        encoding="utf-8",
    )
    called = call("compose", "--like", "own.yaml")
    assert called.code == 2
    assert "no exercise of the library" in called.err

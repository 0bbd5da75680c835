"""A fault as it is shown: place, message, source line, mark, hint."""

from __future__ import annotations

import pytest

from voiceguide.model.errors import Fault
from voiceguide.script import read
from voiceguide.script.faults import render


def test_all_parts_are_shown() -> None:
    fault = Fault("unknown key", 3, 5, "steps[0].foo", "run.yaml", "  - foo: 1", "leave it out")
    assert render(fault) == (
        "run.yaml:3:5: steps[0].foo: unknown key\n      - foo: 1\n        ^\n    leave it out"
    )


def test_what_is_not_known_is_not_shown() -> None:
    assert render(Fault("too long", origin="run.yaml")) == "run.yaml: too long"


@pytest.mark.parametrize(
    ("source", "column", "before"),
    [
        ("\tsay: x", 7, "\t     "),
        ("say: \u4f60\u597d x", 9, "     " + "    " + " "),
        ("say: e\u0301e x", 9, " " * 7),
        ("say: \U0001f3c3 x", 8, " " * 8),
        ("say: \x1b[31m x", 12, " " * 11),
    ],
)
def test_the_mark_stands_below_its_column(source: str, column: int, before: str) -> None:
    line, mark = render(Fault("m", 1, column, source=source)).split("\n")[1:]
    assert mark == f"    {before}^"
    assert "\x1b" not in line


def test_of_a_long_line_the_part_around_the_column_is_shown() -> None:
    line, mark = render(Fault("m", 1, 501, source="a" * 500 + "X" + "b" * 500)).split("\n")[1:]
    assert len(line) < 140
    assert line[mark.index("^")] == "X"
    assert line.strip().startswith("...")
    assert line.endswith("...")


def test_a_column_behind_the_end_of_its_line_is_marked_there() -> None:
    (fault,) = read("voiceguide: 1\ntitle: T\nsteps:\n- \n", "x").faults
    assert render(fault).split("\n")[2] == "     ^"

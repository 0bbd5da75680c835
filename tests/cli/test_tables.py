"""Tables in terminals of any width."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from voiceguide.cli.tables import columns, table

Call = Callable[..., Any]

ROWS = (
    ("Squat", "legs, glutes, hamstrings, lower back", "none"),
    ("Seated hip abduction", "upper glutes", "a bench, a chair or a low table, a loop band"),
)


@pytest.fixture
def width(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    return lambda n: monkeypatch.setenv("COLUMNS", str(n))


def test_columns_are_as_wide_as_they_need(width: Callable[[int], None]) -> None:
    width(200)
    squat, abduction = table(ROWS)
    assert squat == f"{'Squat':<20}  legs, glutes, hamstrings, lower back  none"
    assert abduction.endswith("a bench, a chair or a low table, a loop band")


def test_the_widest_columns_give_way(width: Callable[[int], None]) -> None:
    width(68)
    assert "\n".join(table(ROWS, indent=2)).split("\n") == [
        "  Squat                 legs, glutes,          none",
        "                        hamstrings, lower",
        "                        back",
        "  Seated hip abduction  upper glutes           a bench, a chair or a",
        "                                               low table, a loop",
        "                                               band",
    ]


def test_where_there_is_no_room_for_columns_cells_follow_each_other(
    width: Callable[[int], None],
) -> None:
    width(40)
    assert "\n".join(table(ROWS)).split("\n") == [
        "Squat",
        "  legs, glutes, hamstrings, lower back",
        "  none",
        "Seated hip abduction  upper glutes",
        "  a bench, a chair or a low table, a",
        "  loop band",
    ]


def test_a_column_may_be_empty(width: Callable[[int], None]) -> None:
    width(80)
    assert table([("", "x"), ("", "y")]) == ["  x", "  y"]


def test_where_there_is_nothing_to_list_nothing_is_written(call: Call) -> None:
    assert table([]) == []
    assert call("voices", "--engine", "command").code == 0
    Path("rest.yaml").write_text("voiceguide: 1\ntitle: T\nsteps: [{rest: 5s}]\n", encoding="utf-8")
    assert call("show", "rest.yaml").code == 0


def test_wide_letters_take_two_columns(width: Callable[[int], None]) -> None:
    width(80)
    rows = table([("あ" * 2, "x"), ("abcd", "x")])
    assert [columns(row) for row in rows] == [7, 7]


@pytest.mark.parametrize("n_columns", [40, 80])
@pytest.mark.parametrize(
    "call_of", [("list", "exercises"), ("list", "programmes"), ("show", "reverse-lunge"),
                ("show", "box-breathing"), ("show", "zero-to-5k"), ("voices",)]
)  # fmt: skip
def test_what_is_listed_keeps_within_the_terminal(
    call: Call, width: Callable[[int], None], call_of: tuple[str, ...], n_columns: int
) -> None:
    width(n_columns)
    shown = call(*call_of).out.partition("\nTo ")[0]  # lines to be copied follow, never broken
    assert shown
    assert max(map(columns, shown.splitlines())) <= n_columns

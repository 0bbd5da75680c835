"""Two sessions for one area are never on days next to each other: refused, or warned as asked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Call = Callable[..., Any]
Write = Callable[[str, str], str]

GLUTES, ARMS = "upper-glutes-floor", "upper-body-10"


def text(days: str, sessions: str, more: str = "", weeks: int = 2) -> str:
    return f"programme: 1\ntitle: T\nweeks: {weeks}\ndays: [{days}]\nsessions: [{sessions}]\n{more}"


@pytest.mark.parametrize(
    ("days", "sessions", "weeks", "told"),
    [
        ("monday, thursday", GLUTES, 6, None),
        ("monday, tuesday", GLUTES, 6, "monday and tuesday"),
        ("mon, wed, fri, sat", GLUTES, 1, "friday and saturday"),
        ("monday, sunday", GLUTES, 2, "sunday and monday"),
        ("monday, sunday", GLUTES, 1, None),
        ("mon, tue, wed, thu",
         f"{{script: {GLUTES}, day: [mon, wed]}}, {{script: {ARMS}, day: [tue, thu]}}", 2, None),
        ("mon, tue", f"{{script: {GLUTES}, day: mon}}, {{script: commercial-break, day: tue}}", 1,
         "monday and tuesday"),
        ("mon, tue", f"{{script: [{ARMS}, {GLUTES}], day: mon}}, {{script: {GLUTES}, day: tue}}", 2,
         "monday and tuesday"),
        ("mon, tue", f"{{script: {GLUTES}, areas: []}}", 1, None),
        ("mon, tue", (f"{{script: {GLUTES}, day: mon, areas: [legs]}}, "
                      f"{{script: {ARMS}, day: tue, areas: [legs]}}"), 1, "monday and tuesday"),
        ("mon, tue, wed", "stretching-10", 1, None),
    ],
)  # fmt: skip
def test_the_rule(
    call: Call, write: Write, days: str, sessions: str, weeks: int, told: str | None
) -> None:
    called = call("check", write("p.yaml", text(days, sessions, weeks=weeks)))
    assert called.code == (0 if told is None else 65)
    assert ("next to each other" in called.err) == (told is not None)
    assert told is None or f"{told} are next to each other" in called.err
    assert called.err.count("next to each other") <= 1


def test_a_warning_where_it_is_asked_for(call: Call, write: Write) -> None:
    programme = write("p.yaml", text("monday, tuesday", GLUTES, "rest_days: warn\n"))
    called = call("check", programme)
    assert called.code == 0
    assert called.err.startswith("p.yaml:4:16: days[1]: warning: monday and tuesday are next to")
    assert "upper glutes" in called.err
    assert call("program", programme, "--plan", "--estimate").code == 0


@pytest.mark.parametrize("n_days", [2, 3, 4, 5])
def test_two_to_five_sessions_a_week(call: Call, write: Write, n_days: int) -> None:
    days = ["monday", "tuesday", "wednesday", "thursday", "friday"][:n_days]
    sessions = ", ".join(f"{{script: {GLUTES if n % 2 else ARMS}, day: {day}}}"
                         for n, day in enumerate(days))  # fmt: skip
    assert call("check", write("p.yaml", text(", ".join(days), sessions))).code == 0

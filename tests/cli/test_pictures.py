"""`plan --svg` and `plan --html`."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Call = Callable[..., Any]

SILENT = ("--engine", "silent")


def test_files_take_the_place_of_the_table_and_are_told_of(call: Call, short: Path) -> None:
    called = call("plan", short, *SILENT, "--svg", "a.svg", "--html", "b.html")
    assert (called.code, called.out) == (0, "")
    assert [line.partition(":")[0] for line in called.err.splitlines()] == ["a.svg", "b.html"]
    assert Path("a.svg").read_text(encoding="utf-8").startswith("<svg ")
    assert Path("b.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert sorted(Path().iterdir()) == [Path("a.svg"), Path("b.html"), short]


@pytest.mark.parametrize("option", ["--svg", "--html"])
def test_a_picture_goes_to_standard_output(call: Call, short: Path, option: str) -> None:
    call("plan", short, *SILENT, option, "there")
    called = call("plan", short, *SILENT, option, "-")
    assert called.out_bytes == Path("there").read_bytes()
    assert called.err == ""


def test_a_picture_in_a_file_goes_with_json_on_standard_output(call: Call, short: Path) -> None:
    called = call("plan", short, *SILENT, "--svg", "a.svg", "--json")
    assert json.loads(called.out)["title"] == "short"
    assert Path("a.svg").exists()


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--svg", "-", "--html", "-"), "--svg and --html both want standard output"),
        (("--svg", "-", "--json"), "--svg and --json both want standard output"),
        (("--html", "-", "--json"), "--html and --json both want standard output"),
        (("--svg", "x", "--html", "./x"), "--html x would replace what --svg writes"),
        (("--svg", "short.yaml"), "--svg short.yaml would replace the script"),
    ],
)
def test_each_picture_needs_a_place_of_its_own(
    call: Call, short: Path, options: tuple[str, ...], message: str
) -> None:
    before = short.read_bytes()
    called = call("plan", short, *SILENT, *options)
    assert called.code == 2
    assert called.err.startswith(f"error: {message}\n  Name ")
    assert short.read_bytes() == before
    assert list(Path().iterdir()) == [short]


@pytest.mark.parametrize("target", ["nowhere/b.html", "."])
def test_where_one_cannot_be_written_neither_is(call: Call, short: Path, target: str) -> None:
    Path("a.svg").write_text("mine", encoding="utf-8")
    called = call("plan", short, *SILENT, "--svg", "a.svg", "--html", target)
    assert called.code == 1
    assert called.err.startswith("error: ")
    assert Path("a.svg").read_text(encoding="utf-8") == "mine"
    assert sorted(Path().iterdir()) == [Path("a.svg"), short]


def test_a_faulty_script_leaves_no_picture(call: Call, faulty: Path) -> None:
    assert call("plan", faulty, "--svg", "a.svg").code == 65
    assert list(Path().iterdir()) == [faulty]

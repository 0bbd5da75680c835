"""Scripts by the name a user gives them."""

from __future__ import annotations

from pathlib import Path

import pytest

from voiceguide.cli.sources import builtin_names, find
from voiceguide.model.errors import UsageError


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_a_built_in_routine_is_found_by_its_name() -> None:
    found = find("run-warmup")
    assert found.name == "run-warmup"
    assert found.source.text.startswith(b"#")


def test_a_file_goes_before_a_built_in_routine() -> None:
    Path("run-warmup").write_bytes(b"mine")
    assert find("run-warmup").source.text == b"mine"


def test_a_folder_does_not_hide_a_built_in_routine() -> None:
    Path("run-warmup").mkdir()
    assert find("run-warmup").name == "run-warmup"


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("a.yaml", "a"),
        ("Bein & Po v1.2.yml", "Bein & Po v1.2"),
        ("走る", "走る"),
        ("b.txt", "b.txt"),
    ],
)
def test_the_name_keeps_the_characters_of_the_file(file: str, name: str) -> None:
    Path(file).write_bytes(b"x")
    assert find(file).name == name


@pytest.mark.parametrize(
    ("script", "hint"),
    [
        ("run-warmpu", "Did you mean run-warmup?"),
        ("run-warmup.yaml", "Did you mean run-warmup?"),
        ("legs", "Did you mean legs.yaml?"),
        ("z" * 5000, "`voiceguide list routines` shows those that are built in."),
        ("zzz", "`voiceguide list routines` shows those that are built in."),
    ],
)
def test_an_unknown_name_gets_the_nearest(script: str, hint: str) -> None:
    Path("legs.yaml").write_bytes(b"x")
    with pytest.raises(UsageError) as caught:
        find(script)
    assert caught.value.hint == hint


def test_what_is_built_in_as_something_else_is_called_by_its_command() -> None:
    with pytest.raises(UsageError, match="a built-in programme, and no script") as caught:
        find("zero-to-5k")
    assert caught.value.hint == "Call `voiceguide program zero-to-5k`."
    with pytest.raises(UsageError, match="a built-in routine, and no programme") as caught:
        find("run-warmup", "programmes")
    assert caught.value.hint == "Call `voiceguide render run-warmup`."


def test_a_folder_is_not_a_script() -> None:
    Path("mine").mkdir()
    with pytest.raises(UsageError, match="mine is a folder"):
        find("mine")


def test_an_endless_file_is_not_read_to_its_end() -> None:
    zero = Path("/dev/zero")
    if zero.exists():
        assert len(find(str(zero)).source.text) < 10_000_000


def test_what_ships_is_built_in() -> None:
    assert {"run-warmup", "upper-glutes-10", "first-steps"} <= set(builtin_names())

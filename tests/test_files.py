"""Files that a script names are found below its folder, and nowhere else."""

from __future__ import annotations

from pathlib import Path

import pytest

from voiceguide.files import Nearby
from voiceguide.model.errors import FileError
from voiceguide.model.source import Source


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """`plans/` with two files of one name, and a secret beside it."""
    plans = tmp_path / "plans"
    (plans / "parts").mkdir(parents=True)
    (plans / "a.yaml").write_text("outer")
    (plans / "parts" / "a.yaml").write_text("inner")
    (plans / "only.yaml").write_text("only")
    (plans / "parts" / "warm-up.yaml").write_text("warm")
    (tmp_path / "secret.yaml").write_text("secret")
    return plans


@pytest.fixture
def files(folder: Path) -> Nearby:
    return Nearby(Source(b"", str(folder / "first.yaml"), folder))


def refused(files: Nearby, name: str, beside: str) -> tuple[str, str]:
    with pytest.raises(FileError) as error:
        files.script(name, beside)
    return error.value.message, error.value.hint


def test_a_name_counts_from_its_own_file_else_from_the_first_script(
    files: Nearby, folder: Path
) -> None:
    first = str(folder / "first.yaml")
    assert files.script("a.yaml", first) == (str(folder / "a.yaml"), b"outer")
    part, _ = files.script("parts/warm-up.yaml", first)
    assert files.script("a.yaml", part) == (str(folder / "parts" / "a.yaml"), b"inner")
    assert files.script("only.yaml", part) == (str(folder / "only.yaml"), b"only")
    assert files.script("../a.yaml", part) == (str(folder / "a.yaml"), b"outer")
    assert files.script("./parts/../a.yaml", first)[0] == str(folder / "a.yaml")
    assert files.script(str(folder / "a.yaml"), part)[1] == b"outer"


def test_other_files_are_named_from_the_first_script(files: Nearby, folder: Path) -> None:
    part, _ = files.script("parts/a.yaml", str(folder / "first.yaml"))
    assert files.name("warm-up.yaml", part) == "parts/warm-up.yaml"
    assert files.name("only.yaml", part) == "only.yaml"
    assert files.name("none.wav", part) == "none.wav"


@pytest.mark.parametrize("name", ["../secret.yaml", "parts/../../secret.yaml", "/etc/hostname"])
def test_what_lies_outside_is_not_read(files: Nearby, folder: Path, name: str) -> None:
    assert refused(files, name, str(folder / "first.yaml")) == (
        f"`{name}` lies outside of the folder of the script",
        "put it beside the script, or below its folder",
    )


def test_a_link_that_leads_outside_is_not_followed(files: Nearby, folder: Path) -> None:
    link = folder / "parts" / "link.yaml"
    try:
        link.symlink_to(folder.parent / "secret.yaml")
    except OSError:
        pytest.skip("this system makes no links")
    message, _ = refused(files, "parts/link.yaml", str(folder / "first.yaml"))
    assert message == "`parts/link.yaml` lies outside of the folder of the script"


def test_a_file_by_two_names_is_one(files: Nearby, folder: Path) -> None:
    try:
        (folder / "link.yaml").symlink_to(folder / "parts" / "a.yaml")
    except OSError:
        pytest.skip("this system makes no links")
    first = str(folder / "first.yaml")
    assert files.script("link.yaml", first) == files.script("parts/a.yaml", first)


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("parts/warmup.yaml", "did you mean `parts/warm-up.yaml`?"),
        ("warm-up.yaml", "did you mean `parts/warm-up.yaml`?"),
        ("ony.yaml", "did you mean `only.yaml`?"),
        ("parts", "it is looked for in {folder}"),
        ("nothing-like-it.yaml", "it is looked for in {folder}"),
    ],
)
def test_a_missing_file_is_told_with_the_nearest(
    files: Nearby, folder: Path, name: str, near: str
) -> None:
    message, hint = refused(files, name, str(folder / "first.yaml"))
    assert message == f"there is no file `{name}`"
    assert hint == near.format(folder=folder)


@pytest.mark.parametrize("name", ["x" * 5_000, "a.yaml/b.yaml"])
def test_a_name_that_cannot_be_one_is_told(files: Nearby, folder: Path, name: str) -> None:
    message, _ = refused(files, name, str(folder / "first.yaml"))
    assert message in {f"`{name}` cannot be the name of a file", f"there is no file `{name}`"}


def test_what_was_read_and_what_was_looked_for_is_remembered(files: Nearby, folder: Path) -> None:
    part, _ = files.script("parts/a.yaml", str(folder / "first.yaml"))
    files.script("only.yaml", part)
    seen = {
        path.relative_to(folder.resolve()).as_posix(): body for path, body in files.seen.items()
    }
    assert seen == {"parts/a.yaml": b"inner", "parts/only.yaml": None, "only.yaml": b"only"}

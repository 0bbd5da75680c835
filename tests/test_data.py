from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

import pytest

from voiceguide import data


def loaded_from(folder: Path) -> Any:
    """The module as if the package lay in `folder`."""
    copy = folder / "data.py"
    copy.write_bytes(Path(data.__file__).read_bytes())
    spec = importlib.util.spec_from_file_location("data_elsewhere", copy)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("kind", ["scripts", "programmes", "sounds"])
def test_a_wheel_has_its_files_inside_and_a_checkout_beside(tmp_path: Path, kind: str) -> None:
    package = tmp_path / "voiceguide"
    package.mkdir()
    assert loaded_from(package).shipped(kind) == tmp_path.resolve() / kind
    (package / "_shipped" / kind).mkdir(parents=True)
    assert loaded_from(package).shipped(kind) == package.resolve() / "_shipped" / kind


def test_the_sounds_are_there_with_their_licence() -> None:
    names = {path.name for path in data.shipped("sounds").iterdir()}
    assert {"tick.wav", "make.py", "LICENSE"} <= names

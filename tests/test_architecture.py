"""Imports go downward only, and only the command line talks to a terminal."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "voiceguide"
MODULES = sorted(PACKAGE.rglob("*.py"))

FOUNDATION = {"model", "__init__", "atomic", "cache", "data", "plugins", "ffmpeg"}
STAGES = {"script", "coach", "voice", "sound", "export", "live"}
MAY_IMPORT = {
    "__init__": set(),
    "model": set(),
    "atomic": {"model"},
    "cache": {"atomic"},
    "data": set(),
    "plugins": {"model"},
    "ffmpeg": {"model"},
    "files": {"model"},
    "library": {"model"},
    # Wishes and the library in, the text of a script out.
    "compose": {"model", "library"},
    # What a script leaves open, the library may say.
    "script": FOUNDATION | {"library"},
    # A programme is read as a script is: the same YAML, durations, faults.
    "programme": FOUNDATION | {"script"},
    "coach": FOUNDATION,
    "voice": FOUNDATION,
    "sound": FOUNDATION,
    "export": FOUNDATION,
    "live": FOUNDATION,
    "testing": FOUNDATION | STAGES,
    # A finished file is judged by what made it: our tones, the meter, the tags.
    "verify": FOUNDATION | {"sound", "export"},
    "prepared": FOUNDATION | {"voice", "sound"},
    "pipeline": FOUNDATION | STAGES | {"compose", "files", "library", "prepared", "programme"},
    "cli": FOUNDATION
    | STAGES
    | {"compose", "library", "prepared", "pipeline", "programme", "verify"},
    "__main__": {"cli"},
}


def part_of(module: Path) -> str:
    """The folder or module directly below the package."""
    return module.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported(module: Path) -> Iterator[str]:
    """Parts of the package that a module imports, wherever in it the import stands."""
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module} has a relative import"
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        else:
            continue
        for name in names:
            top, *rest = name.split(".")
            if top == "voiceguide" and rest:
                inside = (PACKAGE / rest[0]).exists() or (PACKAGE / f"{rest[0]}.py").exists()
                yield rest[0] if inside else "__init__"


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_go_downward_only(module: Path) -> None:
    part = part_of(module)
    assert set(imported(module)) - {part} <= MAY_IMPORT[part]


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_only_the_command_line_prints(module: Path) -> None:
    if part_of(module) == "cli":
        return
    tree = ast.parse(module.read_text(encoding="utf-8"))
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    assert not names & {"print", "typer", "rich"}

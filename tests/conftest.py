"""No test reads or writes the home of who runs it."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

# The same examples in every run: what CI finds, everybody finds again. No test is timed.
settings.register_profile("steady", derandomize=True, deadline=None)
settings.load_profile("steady")

HOME_VARIABLES = (
    "HOME",
    "USERPROFILE",
    "LOCALAPPDATA",
    "APPDATA",
    "XDG_CACHE_HOME",
    "XDG_CONFIG_HOME",
    "XDG_DATA_HOME",
    "XDG_STATE_HOME",
)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden",
        action="store_true",
        help="rewrite golden files and generated docs; look at the diff",
    )


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[Path, str], None]:
    """Holds a file to what it should be; with `--update-golden` it is written again."""

    def hold(file: Path, wanted: str) -> None:
        if request.config.getoption("--update-golden"):
            file.parent.mkdir(exist_ok=True)
            file.write_text(wanted, encoding="utf-8")
        assert file.read_text(encoding="utf-8") == wanted

    return hold


@pytest.fixture(scope="session")
def session_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One home for the whole run: a phrase that one test had spoken, the next need not."""
    return tmp_path_factory.mktemp("home")


@pytest.fixture(autouse=True)
def _isolated(session_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in HOME_VARIABLES:
        folder = session_home / variable.lower()
        folder.mkdir(exist_ok=True)
        monkeypatch.setenv(variable, os.fspath(folder))
    monkeypatch.setenv("COLUMNS", "80")

"""Plugins of distributions that lie in a folder of the test, as pip would have laid them."""

from __future__ import annotations

import os
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest

from voiceguide import plugins
from voiceguide.model.errors import EngineMissing

GROUP = "voiceguide.tests"
Install = Callable[..., None]


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Install:
    def lay(package: str, entries: str, code: str = "", group: str = GROUP) -> None:
        info = tmp_path / f"{package}-1.2.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {package}\nVersion: 1.2\n")
        (info / "entry_points.txt").write_text(f"[{group}]\n{entries}\n")
        (tmp_path / f"{package}.py").write_text(textwrap.dedent(code))
        monkeypatch.syspath_prepend(os.fspath(tmp_path))
        monkeypatch.delitem(sys.modules, package, raising=False)

    return lay


def test_plugins_are_listed_without_being_imported(install: Install) -> None:
    install("vgfake", "zeta = vgfake:Zeta\nalpha = vgfake:Alpha", "raise RuntimeError('imported')")
    assert [(p.name, p.package, p.state) for p in plugins.listed(GROUP)] == [
        ("alpha", "vgfake 1.2", "listed"),
        ("zeta", "vgfake 1.2", "listed"),
    ]
    assert "vgfake" not in sys.modules


def test_only_what_is_asked_for_is_made(install: Install) -> None:
    install(
        "vgfake",
        "good = vgfake:Good\nbad = vgfake:Bad",
        """
        class Good:
            pass
        class Bad:
            def __init__(self):
                raise RuntimeError("made")
        """,
    )
    _, good = plugins.listed(GROUP)
    assert type(plugins.load(good)).__name__ == "Good"


@pytest.mark.parametrize(
    ("target", "state", "reason"),
    [
        ("vgfake:Good", "ready", ""),
        ("vgfake:Raises", "failed", "KeyError: 'model'"),
        ("vgfake:Nowhere", "failed", "AttributeError"),
        ("vgnowhere:Good", "failed", "ModuleNotFoundError"),
        ("vgfake:Missing", "missing", "the engine is not installed"),
    ],
)
def test_the_state_of_a_plugin_is_a_record(
    install: Install, target: str, state: str, reason: str
) -> None:
    install(
        "vgfake",
        f"it = {target}",
        """
        from voiceguide.model.errors import EngineMissing
        class Good:
            pass
        class Raises:
            def __init__(self):
                raise KeyError("model")
        class Missing:
            def __init__(self):
                raise EngineMissing("the engine is not installed", "pip install it")
        """,
    )
    [plugin] = plugins.listed(GROUP)
    probed = plugins.probe(plugin)
    assert probed.state == state
    assert reason in probed.reason
    assert probed.hint == ("pip install it" if state == "missing" else "")


def test_what_a_plugin_misses_is_its_own_to_say(install: Install) -> None:
    install(
        "vgfake",
        "it = vgfake:it",
        """
        from voiceguide.model.errors import EngineMissing
        def it():
            raise EngineMissing("not here", "pip install it")
        """,
    )
    [plugin] = plugins.listed(GROUP)
    with pytest.raises(EngineMissing):
        plugins.load(plugin)


def test_ours_are_listed_by_the_same_door() -> None:
    names = {plugin.name for plugin in plugins.listed(plugins.ENGINES)}
    assert names >= {"hibari", "pyttsx3", "silent"}


def test_nobody_takes_the_name_of_one_of_ours(install: Install) -> None:
    install("vgfake", "silent = vgfake:Silent", "Silent = list", group=plugins.ENGINES)
    [silent] = [p for p in plugins.listed(plugins.ENGINES) if p.name == "silent"]
    assert silent.package.startswith("voiceguide ")

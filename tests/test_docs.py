"""What is written in docs is what the program does."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

from voiceguide import coach, programme, script
from voiceguide.cli import main
from voiceguide.cli.app import app
from voiceguide.cli.help import usage
from voiceguide.data import shipped

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
PAGES = sorted([README, *ROOT.glob("docs/**/*.md")])
CLI_PAGE = ROOT / "docs" / "cli.md"
LANGUAGES_PAGE = ROOT / "docs" / "languages.md"
COOKBOOK = ROOT / "docs" / "cookbook.md"
PICTURE = ROOT / "docs" / "timeline.svg"
PROGRAMMES_PAGE = ROOT / "docs" / "programmes.md"
SCHEMAS = {
    ROOT / "voiceguide" / "routine.schema.json": script.schema,
    ROOT / "voiceguide" / "programme.schema.json": programme.schema,
}

GENERATED = re.compile(r"(<!-- generated: .*? -->\n).*?(<!-- end -->)", re.DOTALL)
CALLED = re.compile(r"^```console\n\$ voiceguide (?P<call>.*)\n[^`]*```\n", re.MULTILINE)
NAMED = re.compile(r"# (\S+\.yaml)\n")
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def fences(page: Path, language: str) -> list[str]:
    """The fenced blocks of one language in a page."""
    found = FENCE.findall(page.read_text(encoding="utf-8"))
    return [body for kind, body in found if kind == language]


def commands() -> list[tuple[str, Any]]:
    """Every command that is not hidden, with its name."""
    program: Any = typer.main.get_command(app)
    return [(name, command) for name, command in program.commands.items() if not command.hidden]


def reference() -> Iterator[str]:
    """Every command, its arguments and its options, as Markdown."""
    for name, command in commands():
        shown = [parameter for parameter in command.params if not parameter.hidden]
        arguments = [p for p in shown if p.param_type_name == "argument"]
        call = " ".join(["voiceguide", name, *map(usage, arguments)])
        about = re.sub(r"(?<=.)\n(?=.)", " ", command.help)
        yield f"\n### `{call}`\n\n{about}\n\n"
        if shown:
            yield "| | |\n| --- | --- |\n"
        for parameter in shown:
            yield f"| `{label(parameter)}` | {parameter.help} |\n"
    yield "\n"


def label(parameter: Any) -> str:
    if parameter.param_type_name == "argument":
        return str(parameter.metavar)
    names = ", ".join(parameter.opts)
    return names if parameter.is_flag else f"{names} {parameter.metavar}".replace("|", r"\|")


def test_the_reference_of_commands_is_current(golden: Callable[[Path, str], None]) -> None:
    page = CLI_PAGE.read_text(encoding="utf-8")
    wanted = GENERATED.sub(lambda found: found[1] + "".join(reference()) + found[2], page)
    assert GENERATED.search(page)
    golden(CLI_PAGE, wanted)


@pytest.mark.parametrize("name", [name for name, _ in commands()])
def test_help_speaks_to_people(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([name, "--help"]) == 0
    told = capsys.readouterr().out
    assert told.startswith(f"Usage: voiceguide {name} [OPTIONS]")
    assert re.findall(r"<[a-z]\S*>|[{}]|<=|\[(?:required|default)", told) == []


@pytest.mark.parametrize("file", SCHEMAS, ids=lambda file: file.name)
def test_the_schema_file_is_current(file: Path, golden: Callable[[Path, str], None]) -> None:
    wanted = json.dumps(SCHEMAS[file](), ensure_ascii=False, indent=2) + "\n"
    golden(file, wanted)


def whole_scripts() -> list[Any]:
    return [
        pytest.param(text, id=f"{page.relative_to(ROOT)}-{number}")
        for page in PAGES
        for number, text in enumerate(fences(page, "yaml"))
        if "voiceguide: 1" in text
    ]


@pytest.mark.parametrize("text", whole_scripts())
def test_scripts_in_docs_have_no_fault(
    text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for own in fences(LANGUAGES_PAGE, "yaml"):
        if own.startswith("lines:"):
            Path("my-words.yaml").write_text(own, encoding="utf-8")
    for other in whole_scripts():  # those that begin with their name, for others to include
        (body,) = other.values
        if named := re.match(r"# (\S+\.yaml)\n", body):
            Path(named[1]).parent.mkdir(exist_ok=True)
            Path(named[1]).write_text(body, encoding="utf-8")
    Path("script.yaml").write_text(text, encoding="utf-8")
    assert main(["check", "script.yaml"]) == 0


def test_the_quick_start_has_two_commands() -> None:
    text = README.read_text(encoding="utf-8")
    section = text.partition("## Quick start\n")[2].partition("\n## ")[0]
    assert [body.strip() for _, body in FENCE.findall(section)] == [
        'pip install ".[all]" && voiceguide render run-warmup',
        'pip install ".[test]" && pytest',
    ]


@pytest.mark.parametrize("file", [README, PROGRAMMES_PAGE, COOKBOOK], ids=lambda file: file.name)
def test_what_a_page_shows_is_what_comes_out(
    file: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    golden: Callable[[Path, str], None],
) -> None:
    """A block that begins with `$ voiceguide ...` goes on with what that call prints."""
    monkeypatch.chdir(tmp_path)
    for written in fences(file, "yaml"):
        named = NAMED.match(written)
        Path(named[1] if named else "legs.yaml").write_text(written, encoding="utf-8")

    def run(shown: re.Match[str]) -> str:
        call, _, first = shown["call"].partition(" | head -")
        assert main(shlex.split(call)) == 0
        lines = capsys.readouterr().out.splitlines(keepends=True)
        told = "".join(lines[: int(first)] if first else lines)
        return f"```console\n$ voiceguide {shown['call']}\n{told}```\n"

    page = file.read_text(encoding="utf-8")
    wanted, shown = CALLED.subn(run, page)
    assert shown
    golden(file, wanted)


def test_there_are_as_many_sessions_as_the_readme_says() -> None:
    assert "over fifty sessions" in README.read_text(encoding="utf-8")
    assert len(list(shipped("scripts").glob("*.yaml"))) > 50


def test_a_file_for_each_client(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (script,) = (text for text in fences(COOKBOOK, "yaml") if text.startswith("# client.yaml"))
    Path("client.yaml").write_text(script, encoding="utf-8")
    (calls,) = fences(COOKBOOK, "sh")
    for call in calls.splitlines():
        assert main([*shlex.split(call)[1:], "--engine", "silent"]) == 0
    assert {file.stem for file in Path("output").iterdir()} == {"anna", "ben", "chris"}


def test_programmes_in_docs_have_no_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    found = []
    for text in fences(PROGRAMMES_PAGE, "yaml"):
        named = NAMED.match(text)
        assert named
        Path(named[1]).write_text(text, encoding="utf-8")
        found += [named[1]] if "programme: 1" in text else []
    assert found
    assert main(["check", *found]) == 0


def test_links_between_pages_lead_somewhere() -> None:
    for page in [*PAGES, ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md"]:
        for link in re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8")):
            assert (page.parent / link).exists(), f"{page.name} links to {link}"


SIDES_TABLE = re.compile(r"(<!-- sides -->\n).*?(<!-- end -->)", re.DOTALL)


def sides_rows() -> Iterator[str]:
    """The words for left and right in each language, as a table in Markdown."""
    for language in coach.languages():
        left, right = (coach.load(language).sides[side] for side in ("left", "right"))
        forms = [f"`{{side_{f}}}` {left[f]}, {right[f]}" for f in left if f != "plain"]
        more = f" {'; '.join(forms)} " if forms else " "
        yield f"| {language} | {left['plain']}, {right['plain']} |{more}|\n"


def test_the_table_of_sides_is_current(golden: Callable[[Path, str], None]) -> None:
    page = LANGUAGES_PAGE.read_text(encoding="utf-8")
    wanted = SIDES_TABLE.sub(lambda found: found[1] + "".join(sides_rows()) + found[2], page)
    assert SIDES_TABLE.search(page)
    golden(LANGUAGES_PAGE, wanted)


def test_the_picture_of_a_session_is_current(
    tmp_path: Path, golden: Callable[[Path, str], None]
) -> None:
    drawn = tmp_path / "run-warmup.svg"
    assert main(["plan", "run-warmup", "--engine", "silent", "--svg", str(drawn)]) == 0
    golden(PICTURE, drawn.read_text(encoding="utf-8"))

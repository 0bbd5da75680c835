"""Variables and `include`: a script with its values in place, and all steps at hand (section 2)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

Script = dict[str, Any]

_NAME = re.compile(r"\{(\w+)\}")


def resolved(
    script: Script, files: Mapping[str, Script], given: Mapping[str, str] | None = None
) -> Script:
    """The script without variables; its included steps stand in their `include`.

    Args:
        script: with every scalar as text.
        files: the scripts that may be included, by name, alike.
        given: values that go before the script's own: of `with`, or of `--set`.
    """
    values = {**script.get("variables", {}), **(given or {})}
    body = {key: _filled(value, values) for key, value in script.items() if key != "variables"}
    return {**body, "steps": [_opened(step, files) for step in body["steps"]]}


def _filled(node: Any, values: Mapping[str, str]) -> Any:
    if isinstance(node, dict):
        return {key: _filled(value, values) for key, value in node.items()}
    if isinstance(node, list):
        return [_filled(item, values) for item in node]
    return _NAME.sub(lambda name: values.get(name[1], name[0]), node)


def _opened(step: Script, files: Mapping[str, Script]) -> Script:
    if "include" in step:
        other = resolved(files[step["include"]], files, step.get("with"))
        return {**step, "steps": other["steps"], "defaults": other.get("defaults", {})}
    if "steps" in step:
        return {**step, "steps": [_opened(inner, files) for inner in step["steps"]]}
    return step

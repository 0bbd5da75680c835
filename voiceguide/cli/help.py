"""The help of a command, in its own words alone: no types of Python, no ranges in signs."""

from __future__ import annotations

from typing import Any

from typer.core import TyperCommand


class PlainCommand(TyperCommand):
    """A command whose texts tell defaults and limits themselves."""

    def collect_usage_pieces(self, ctx: Any) -> list[str]:  # noqa: ANN401 - click's, or typer's own
        """`[OPTIONS] SCRIPT...`."""
        arguments = (param for param in self.get_params(ctx) if _is_argument(param))
        return [str(self.options_metavar), *map(usage, arguments)]

    def format_options(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401 - as above
        """Writes a row for each argument, and one for each option."""
        arguments: list[tuple[str, str]] = []
        options: list[tuple[str, str]] = []
        params: list[Any] = list(self.get_params(ctx))
        for param in params:
            record = param.get_help_record(ctx)
            if _is_argument(param):
                arguments.append((str(param.metavar), param.help or ""))
            elif record is not None:
                options.append((record[0], param.help or ""))
        for head, rows in (("Arguments", arguments), ("Options", options)):
            if rows:
                with formatter.section(head):
                    formatter.write_dl(rows)


def usage(argument: Any) -> str:  # noqa: ANN401 - as above
    """An argument as the usage line shows it: `SCRIPT...`, `[KIND]`."""
    name = f"{argument.metavar}{'...' if argument.nargs != 1 else ''}"
    return name if argument.required else f"[{name}]"


def _is_argument(param: Any) -> bool:  # noqa: ANN401 - as above
    return bool(param.param_type_name == "argument")

"""The door to every command: finds the group, understands the common options, turns refusals into sentences."""

from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from commands import GROUPS, console
from config import logs, settings
from config.errors import SynergiaError
from config.texts import Language, catalogue, text

VALUES = {"--json": 0, "--lang": 1}  # the common options, and how many values follow each


class Groups(TyperGroup):
    """Load a group's module when it is called for, so that `db status` doesn't wait for pandas."""

    def list_commands(self, _ctx: Any) -> list[str]:  # noqa: ANN401 - typer keeps the type to itself
        """List the groups in the order of GROUPS."""
        return list(GROUPS)

    def get_command(self, _ctx: Any, cmd_name: str) -> Any:  # noqa: ANN401 - typer keeps the type to itself
        """Load the group `cmd_name`, its help in the language of this run."""
        if cmd_name not in GROUPS:
            return None
        group = import_module(GROUPS[cmd_name]).app
        alone = [command.name for command in group.registered_commands] == [cmd_name]
        command = typer.main.get_command(group) if alone else typer.main.get_group(group)
        command.name = cmd_name
        _translate(command, f"cli_{cmd_name}")
        return command


app = typer.Typer(cls=Groups, add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False)


@app.callback()
def common(
    *,
    as_json: Annotated[bool, typer.Option("--json")] = False,
    lang: Annotated[Language | None, typer.Option("--lang")] = None,
) -> None:
    """Take the options that every command knows."""
    console.choose(as_json=as_json, language=lang)
    logs.set_up(settings.load().log_level)


def hoist(arguments: list[str]) -> list[str]:
    """Move --json and --lang to the front, so that they may stand anywhere on the line."""
    front: list[str] = []
    rest: list[str] = []
    waiting = iter(arguments)
    for argument in waiting:
        name, _, value = argument.partition("=")
        if argument == "--":
            rest += [argument, *waiting]
        elif name not in VALUES:
            rest.append(argument)
        else:
            front.append(argument)
            front += [] if value else [following for _, following in zip(range(VALUES[name]), waiting, strict=False)]
    return front + rest


def run(arguments: list[str]) -> int:
    """Run one command line and give its exit status: 0 done, 1 refused, 2 wrong usage."""
    ordered = hoist(arguments)
    logs.set_up("info")  # until the settings are known
    try:
        console.choose(as_json=False, language=console.language_in(ordered))
        command = typer.main.get_command(app)
        _translate(command, "cli")
        command.main(ordered, prog_name="synergia.py")
    except SynergiaError as error:
        console.refuse(error)
        return 1
    except SystemExit as leaving:
        return leaving.code if isinstance(leaving.code, int) else 1
    return 0


def _translate(command: Any, group: str) -> None:  # noqa: ANN401 - typer keeps the type to itself
    """Give a command and those below it the help texts of this run's language: <group>.help, .<command>, .option_x."""
    _describe(command, group, "help")
    for name, below in getattr(command, "commands", {}).items():
        _describe(below, group, name.replace("-", "_"))


def _describe(command: Any, group: str, name: str) -> None:  # noqa: ANN401 - typer keeps the type to itself
    known = catalogue()
    if f"{group}.{name}" in known:
        command.help = text(f"{group}.{name}", console.language())
    for option in command.params:
        key = f"{group}.option_{option.name}"
        if key in known:
            option.help = text(key, console.language())

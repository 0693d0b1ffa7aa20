"""The page of the command line tells every command and every option."""

from pathlib import Path

import click
import pytest

from xunzhang.cli.main import COMMANDS, Main, main

PAGE = (Path(__file__).parents[2] / "docs" / "cli.md").read_text("utf-8")


@pytest.mark.parametrize("name", list(COMMANDS))
def test_every_command_is_told(name: str):
    assert f"xunzhang {name}" in PAGE


@pytest.mark.parametrize(
    "name", [name for name, (place, _) in COMMANDS.items() if ".server" not in place]
)
def test_every_option_is_told(name: str):
    assert isinstance(main, Main)
    command = main.get_command(click.Context(main), name)
    assert command is not None
    options = [
        flag for param in command.params if isinstance(param, click.Option) for flag in param.opts
    ]
    assert [flag for flag in options if f"`{flag}" not in PAGE and f" {flag} " not in PAGE] == []

"""The commands that let people and programs in: `password`, `token`."""

from __future__ import annotations

import click


@click.command()
@click.argument("name")
def password(name: str) -> None:
    """Ask for a password, and print the line of NAME for the file of users.

    \b
    dateline password maren >> users.txt
    DATELINE_USERS=users.txt dateline serve --host 0.0.0.0
    """
    from assistant.access.passwords import checked_name, checked_password, hash_password

    checked_name(name)
    words = click.prompt("Password", hide_input=True, confirmation_prompt=True, err=True)
    click.echo(f"{name}:{hash_password(checked_password(words))}")


@click.command()
@click.argument("name")
def token(name: str) -> None:
    """Make a token for a program, show it this once, and print the line of NAME for the file of tokens.

    \b
    dateline token newswire >> tokens.txt
    DATELINE_TOKENS=tokens.txt dateline serve --host 0.0.0.0
    """
    from assistant.access.passwords import checked_name, hash_token, new_token

    made = new_token()
    click.echo(f"{checked_name(name)}:{hash_token(made)}")
    click.echo(f"The token of {name}, which is not kept anywhere: {made}", err=True)

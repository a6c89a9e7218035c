"""`python -m assistant.cli` is `dateline`."""

from assistant.cli import main

main(prog_name="dateline")

"""How the reader was made: `python -m assistant.training --help`."""

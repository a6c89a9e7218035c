"""Readers, one for each kind of source: `read(place)` gives the Articles of a file, a folder or a web address."""

from index.sources.limits import Limits
from index.sources.particulars import web_address
from index.sources.reading import SUPPORTED, count, read

__all__ = ["SUPPORTED", "Limits", "count", "read", "web_address"]

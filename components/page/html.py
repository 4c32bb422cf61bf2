"""HTML and labels from text that may be hostile: whatever goes in is escaped."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")


def label_of(text: str) -> str:
    """Return text for a widget's label, in which Markdown has no power."""
    return _PUNCTUATION.sub(r"\\\1", " ".join(text.split()))


def rendered(name: str, **values: object) -> str:
    """Return a template of `templates/` filled with values; text in them cannot be markup."""
    return read_template(name).render(values)


@cache
def read_template(name: str) -> Template:
    """Read a template, once."""
    folder = FileSystemLoader(Path(__file__).parent / "templates")
    return Environment(
        loader=folder, autoescape=True, undefined=StrictUndefined, trim_blocks=True
    ).get_template(name)

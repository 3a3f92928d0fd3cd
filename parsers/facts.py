"""The YAML files that ship with the program."""

from importlib import resources
from typing import Any

import yaml

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""That of libyaml is ten times as fast, and not in every build of the package."""


def facts(package: str, *path: str) -> Any:
    """What such a file holds, None where there is none."""
    file = resources.files(package).joinpath(*path)
    return yaml.load(file.read_bytes(), _LOADER) if file.is_file() else None  # noqa: S506 - a safe one

"""The YAML files that ship with the program."""

from importlib import resources
from typing import Any

import yaml

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""That of libyaml is ten times as fast, and not in every build of the package."""


def facts(package: str, *path: str) -> Any:
    return yaml.load(resources.files(package).joinpath(*path).read_bytes(), _LOADER)  # noqa: S506 - a safe one

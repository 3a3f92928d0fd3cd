"""A page's values as JSON has them: objects with the names of the fields."""

from collections.abc import Mapping, Set
from dataclasses import fields, is_dataclass
from typing import Any


def plain(value: object) -> Any:
    if is_dataclass(value):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, Set):
        return [plain(one) for one in sorted(value)]
    return [plain(one) for one in value] if isinstance(value, list | tuple) else value

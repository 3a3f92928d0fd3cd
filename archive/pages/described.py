"""Python types as JSON Schema, in the very shape that `plain` gives their values."""

from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from types import NoneType
from typing import Any, Literal, get_args, get_origin, get_type_hints

Schema = dict[str, Any]

_SIMPLE: Mapping[Any, Schema] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    bool: {"type": "boolean"},
    float: {"type": "number"},
    NoneType: {"type": "null"},
}


def schema_of(kind: Any, known: dict[str, Schema]) -> Schema:
    """Dataclasses go to `known`, under the name of their module and their own. TypeError for a type that no
    page has had so far."""
    if kind in _SIMPLE:
        return dict(_SIMPLE[kind])
    if is_dataclass(kind) and isinstance(kind, type):
        return _object(kind, known)
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is Literal:
        return {"enum": list(arguments)}
    if origin in (tuple, frozenset, list) or (isinstance(origin, type) and issubclass(origin, Sequence)):
        return _array(arguments, known)
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return {"type": "object", "additionalProperties": schema_of(arguments[1], known)}
    if arguments:
        return {"anyOf": [schema_of(argument, known) for argument in arguments]}
    raise TypeError(f"{kind!r} has no JSON Schema here; add it to {__name__}")


def _array(arguments: tuple[Any, ...], known: dict[str, Schema]) -> Schema:
    if len(arguments) == 1 or arguments[1:] == (...,):
        return {"type": "array", "items": schema_of(arguments[0], known)}
    each = [schema_of(argument, known) for argument in arguments]
    return {"type": "array", "prefixItems": each, "minItems": len(each), "maxItems": len(each)}


def _object(kind: type, known: dict[str, Schema]) -> Schema:
    name = f"{kind.__module__.rpartition('.')[2]}.{kind.__name__}"
    if name not in known:
        known[name] = {}  # it may hold itself
        hints = get_type_hints(kind)
        properties = {field.name: schema_of(hints[field.name], known) for field in fields(kind)}
        known[name].update(closed(properties))
        # A dataclass without a docstring is given its signature as one.
        if kind.__doc__ and not kind.__doc__.startswith(f"{kind.__name__}("):
            known[name]["description"] = " ".join(kind.__doc__.split())
    return {"$ref": f"#/components/schemas/{name}"}


def closed(properties: Mapping[str, Schema]) -> Schema:
    """An object that has all of these and nothing else."""
    return {
        "type": "object",
        "properties": dict(properties),
        "required": list(properties),
        "additionalProperties": False,
    }

"""DATA/notify.yaml in its typed form. It names environment variables where a secret is wanted."""

import re
from dataclasses import MISSING, dataclass, fields
from pathlib import Path
from typing import Any, Literal, TypeVar, get_args

import yaml

Security = Literal["starttls", "tls", "none"]


class WrongSettings(Exception):
    """A file that cannot be used: which key, and what to do."""


@dataclass(frozen=True, slots=True)
class Mail:
    """`password` is the name of the environment variable that has it."""

    host: str
    sender: str
    to: tuple[str, ...]
    port: int = 587
    security: Security = "starttls"
    user: str | None = None
    password: str | None = None


@dataclass(frozen=True, slots=True)
class Webhook:
    """`token` is the name of the environment variable that has what is sent as `Authorization: Bearer`."""

    url: str
    token: str | None = None


@dataclass(frozen=True, slots=True)
class Settings:
    mail: Mail | None = None
    webhook: Webhook | None = None


Section = TypeVar("Section", Mail, Webhook)


def settings(path: Path) -> Settings:
    """Nothing to tell by where there is no such file."""
    try:
        entry = yaml.safe_load(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Settings()
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as problem:
        says = " ".join(str(problem).split())
        raise WrongSettings(f"{path}: cannot be read as YAML in UTF-8 ({says}); mend or remove it") from None
    try:
        known = _known(entry, "the file", Settings)
        return Settings(
            _mail(known["mail"]) if known.get("mail") else None,
            _webhook(known["webhook"]) if known.get("webhook") else None,
        )
    except WrongSettings as problem:
        raise WrongSettings(f"{path}: {problem}") from None


def _mail(entry: Any) -> Mail:
    known = _known(entry, "mail", Mail)
    to = known["to"]
    if not isinstance(to, list) or not to or not all(isinstance(one, str) for one in to):
        raise WrongSettings("mail.to must be a list of addresses")
    mail = _typed(Mail, "mail", {**known, "to": tuple(to)})
    if mail.security not in get_args(Security):
        raise WrongSettings(f"mail.security must be one of: {', '.join(get_args(Security))}")
    if (mail.user is None) != (mail.password is None):
        raise WrongSettings("mail.user and mail.password need each other; write both or neither")
    if mail.user and mail.security == "none":
        raise WrongSettings("mail.security none would send the password readable by all; use starttls or tls")
    return mail


def _webhook(entry: Any) -> Webhook:
    webhook = _typed(Webhook, "webhook", _known(entry, "webhook", Webhook))
    if not re.match(r"https?://[^/\s]+", webhook.url):
        raise WrongSettings("webhook.url must be an address that begins with http:// or https://")
    return webhook


def _known(entry: Any, where: str, kind: type) -> dict[str, Any]:
    if entry is None and kind is Settings:
        return {}
    if not isinstance(entry, dict):
        raise WrongSettings(f"{where} must be a mapping of keys to values")
    known = {item.name: item for item in fields(kind)}
    for key in entry:
        if key not in known:
            raise WrongSettings(f"unknown key {key!r} in {where}; use one of: {', '.join(known)}")
    for key, item in known.items():
        if item.default is MISSING and key not in entry:
            raise WrongSettings(f"missing key {key!r} in {where}; add it")
    return entry


def _typed(kind: type[Section], where: str, known: dict[str, Any]) -> Section:
    for key, value in known.items():
        wanted = {"to": tuple, "port": int}.get(key, str)
        if type(value) is not wanted:
            raise WrongSettings(f"{where}.{key} must be a {'number' if wanted is int else 'text'}")
    return kind(**known)

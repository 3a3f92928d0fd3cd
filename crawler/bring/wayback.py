"""Addresses of web archives: the page they keep, and when it was captured."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import PurePath
from urllib.parse import quote, urlsplit

_KEPT = re.compile(r"^https?://[^/]+/(?:[\w-]+/)*?(\d{14})([a-z]{2}_)?/(https?:/{1,2}.+)$", re.IGNORECASE)
_HOST = re.compile(r"[\w-]+(\.[\w-]+)+(:\d+)?")

ADDED = "saved with what the service adds to a page: its bytes are not only the portal's"


@dataclass(frozen=True, slots=True)
class Kept:
    """`plain` where the service was asked for the page as it was captured (`id_`)."""

    url: str
    fetched: str
    service: str
    plain: bool


def kept(address: str) -> Kept | None:
    """What an address such as https://archive.example/web/20230115000000id_/http://… names."""
    found = _KEPT.match(address.strip())
    if found is None or (when := stamp(found[1])) is None:
        return None
    url = re.sub(r"^(https?):/+", r"\1://", found[3])
    return Kept(url, when, urlsplit(address).netloc.lower(), found[2] == "id_")


def of_path(path: PurePath) -> tuple[str, str] | None:
    """Address and moment of a file in a folder TIMESTAMP/HOST/PATH or HOST/TIMESTAMP/PATH, as the usual
    programs save them, whatever folders those are in."""
    for at, pair in enumerate(pairwise(path.parts[:-1])):
        for digits, host in (pair, pair[::-1]):
            when = stamp(digits)
            if when is not None and _HOST.fullmatch(host) and stamp(host) is None:
                rest = "/".join(path.parts[at + 2 :])
                if rest == "index.html" or rest.endswith("/index.html"):
                    rest = rest.removesuffix("index.html")
                return f"http://{host}/{quote(rest, safe='/%?=&;:@+,~')}", when
    return None


def stamp(digits: str) -> str | None:
    if not re.fullmatch(r"\d{14}", digits):
        return None
    try:
        moment = datetime.strptime(digits, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        return None
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")

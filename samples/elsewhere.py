"""The county as the software of other families would show it: portals with a part of its reports.

Each is a class of samples/sites that is made for the addresses it is served at and knows its own truth."""

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import ThreadingHTTPServer

import yaml

from samples.county import CITY, COUNTY, DIVISION
from samples.server import handler
from samples.sites.fujian import Fujian
from samples.sites.gazette import Gazette
from samples.sites.generic import Generic
from samples.sites.gkmlpt import Gkmlpt
from samples.sites.iframe import Iframe
from samples.sites.jcms import Jcms
from samples.sites.jpaas import Jpaas
from samples.sites.longxun import Longxun
from samples.sites.page import Answer, Host, Query
from samples.sites.scripted import Scripted
from samples.sites.shandong import Shandong
from samples.sites.site import Site
from samples.sites.trs_dialects import TrsDialects
from samples.sites.ucap import Ucap


@dataclass(frozen=True, slots=True)
class Asked:
    time: datetime
    host: Host
    method: str
    path: str
    status: int


@dataclass(slots=True)
class Served:
    bases: Mapping[Host, str]
    site: Site
    log: list[Asked] = field(default_factory=list)


@contextmanager
def serve(family: str) -> Iterator[Served]:
    """The portal of that family on two free ports of this machine."""
    asked: list[Asked] = []
    site: Site

    def answers(host: Host) -> type:
        def answer(query: Query, method: str, path: str) -> Answer:
            answered = site.answer(query)
            asked.append(Asked(datetime.now(UTC), host, method, path, answered.status))
            return answered

        return handler(answer, host)

    hosts: tuple[Host, ...] = ("www", "files")
    servers = {host: ThreadingHTTPServer(("127.0.0.1", 0), answers(host)) for host in hosts}
    bases = {host: f"http://127.0.0.1:{server.server_address[1]}" for host, server in servers.items()}
    site = (SITES | ODD)[family](bases)
    for server in servers.values():
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield Served(bases, site, asked)
    finally:
        for server in servers.values():
            server.shutdown()
            server.server_close()


def portal_file(family: str, served: Served) -> str:
    """The portal's file as a person would write it."""
    columns = [
        {"url": column.url, **({"body": column.body} if column.body else {})}
        for column in served.site.columns()
    ]
    entry = {
        "division": DIVISION,
        "name": f"{CITY}{COUNTY}人民政府",
        "home": served.bases["www"] + "/",
        "cms": "generic" if family == "browser" else family,
        **({"browser": True} if family == "browser" else {}),
        "columns": columns,
        "hosts": [served.bases["files"].removeprefix("http://")],
        "pace": {"delay": 0.0},
        "tried": "never",
    }
    return yaml.safe_dump(entry, allow_unicode=True, sort_keys=False)


SITES: dict[str, type[Site]] = {
    "fujian": Fujian,
    "generic": Generic,
    "gkmlpt": Gkmlpt,
    "hanweb": Jcms,
    "iframe": Iframe,
    "jpaas": Jpaas,
    "longxun": Longxun,
    "shandong": Shandong,
    "trs": TrsDialects,
    "ucap": Ucap,
}
"""By the word that a portal file says in `cms`."""

ODD: dict[str, type[Site]] = {"browser": Scripted, "own": Gazette}
"""Portals of no family, by what their file needs: a browser, or an adapter of its own (samples/own.py)."""

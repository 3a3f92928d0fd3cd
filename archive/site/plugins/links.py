"""In tables and answers, ids of reports, bodies and places lead to their pages."""

from datasette.app import Datasette
from markupsafe import Markup
from pluggy import HookimplMarker

from archive.pages.addresses import (
    body_address,
    place_address,
    portal_address,
    report_address,
    versions_address,
)

hookimpl = HookimplMarker("datasette")


def _versions_of(version: str) -> str:
    """A version's id is its report's with the document's digits after it."""
    return versions_address(version.rpartition("-")[0])


_PAGES = {
    "report": report_address,
    "body": body_address,
    "division": place_address,
    "portal": portal_address,
    "version": _versions_of,
    "before": _versions_of,
}
_OWN = {
    ("reports", "id"): report_address,
    ("bodies", "id"): body_address,
    ("portals", "key"): portal_address,
    ("divisions", "code"): place_address,
}


@hookimpl
def render_cell(value: object, column: str, table: str | None, datasette: Datasette) -> Markup | None:
    # Where a foreign key is expanded, Datasette gives value and label.
    key, label = (value["value"], value["label"]) if isinstance(value, dict) else (value, value)
    address = _OWN.get((table or "", column)) or _PAGES.get(column)
    if not isinstance(key, str) or not key or address is None:
        return None
    return Markup('<a href="{}">{}</a>').format(datasette.urls.path(address(key)), label or key)

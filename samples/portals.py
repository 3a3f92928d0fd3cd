"""The crawler's portal files for the county's two portals, wherever they are served."""

from collections.abc import Mapping

import yaml

from samples.county import BODIES, CITY, COUNTY, DIVISION, Family
from samples.publication import reports
from samples.sites import placement

NAMES: dict[Family, str] = {
    "trs": f"{CITY}{COUNTY}人民政府门户网站",
    "hanweb": f"{CITY}{COUNTY}部门和乡镇政务公开网",
}


def yaml_files(base_urls: Mapping[Family, str]) -> dict[str, str]:
    """File name → text, from the bases that `samples.server.serve` gives (`portals.bases`)."""
    return {f"sample-{portal}.yaml": _text(portal, base.rstrip("/")) for portal, base in base_urls.items()}


def _text(portal: Family, base: str) -> str:
    entry = {
        "division": DIVISION,
        "name": NAMES[portal],
        "home": f"{base}/",
        "cms": portal,
        "columns": _columns(portal, base),
        "pace": {"delay": 0.0},
        "expected": {"reports": sum(report.body.portal == portal for report in reports(1))},
        "tried": "never",
    }
    return yaml.safe_dump(entry, allow_unicode=True, sort_keys=False)


def _columns(portal: Family, base: str) -> list[dict[str, str]]:
    columns: dict[str, dict[str, str]] = {}
    for body in BODIES:
        if body.portal != portal:
            continue
        url = base + placement.column(body)
        owner = {"body": body.name} if placement.own_column(body) else {}
        columns.setdefault(url, {"url": url, **owner})
    return list(columns.values())

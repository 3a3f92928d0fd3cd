"""Which figures a subject of the narrative means, form by form."""

from collections.abc import Mapping
from functools import cache

from parsers.form import FORMS, form

STATUTORY = {
    "received": "requests.new.total",
    "carried_in": "requests.carried_in.total",
    "carried_out": "requests.carried_out.total",
    "processed": "requests.processed.total",
    "granted": "requests.granted.total",
    "partial": "requests.partial.total",
    "not_held": "requests.unavailable.not_held.total",
    "review": "disputes.review.total",
}
CODES: Mapping[str, Mapping[str, str]] = {
    "2021": STATUTORY
    | {
        "normative.issued": "disclosure.normative.issued",
        "normative.repealed": "disclosure.normative.repealed",
        "normative.in_force": "disclosure.normative.in_force",
    },
    "2019": STATUTORY | {"normative.issued": "disclosure.normative.made"},
    "2014": {
        "received": "indicators.received",
        "processed": "indicators.concluded",
        "not_existing": "indicators.answered.not_existing",
        "review": "indicators.review",
        "litigation": "indicators.litigation",
        "normative.issued": "indicators.normative",
        "disclosed": "indicators.disclosed",
    },
}
"""A report without tables counts as those of 2014 do."""

GROUPS = {
    "refused": "requests.refused.",
    "unavailable": "requests.unavailable.",
    "declined": "requests.declined.",
}
LITIGATION = ("disputes.direct.total", "disputes.after_review.total")


def code_of(subject: str, form: str) -> str | None:
    return CODES["2014" if form == "free" else form].get(subject)


@cache
def summed(subject: str, id: str) -> tuple[tuple[str, ...], ...]:
    """The sums of figures that a subject may mean, most exact first; none where it is no figure.

    收到申请 may count those carried over; disputes in court are two figures, refusals eight."""
    if id not in FORMS:
        return ()
    codes = form(id).codes()
    if subject == "requests.new.total":
        return (("requests.new.total",), ("requests.new.total", "requests.carried_in.total"))
    if subject in codes:
        return ((subject,),)
    if subject == "litigation" and id != "2014":
        return (LITIGATION,)
    group = GROUPS.get(subject)
    return (tuple(c for c in codes if c.startswith(group) and c.endswith(".total")),) if group else ()

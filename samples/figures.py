"""Figures of the statutory tables that satisfy every identity and hang together over the years."""

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random

from parsers.form import Form, form
from samples.county import SEED, Body

Figures = dict[str, str]

APPLICANTS = {"person": 78, "company": 14, "research": 1, "nonprofit": 2, "legal": 4, "other": 1}
OUTCOMES = {
    "granted": 40,
    "partial": 12,
    "refused.secret": 0.2,
    "refused.prohibited": 0.5,
    "refused.stability": 0.2,
    "refused.third_party": 2,
    "refused.internal": 2,
    "refused.process": 2,
    "refused.case_file": 2,
    "refused.query": 2,
    "unavailable.not_held": 24,
    "unavailable.to_create": 2,
    "unavailable.unclear": 2,
    "declined.petition": 4,
    "declined.repeat": 2,
    "declined.publication": 0.3,
    "declined.excessive": 0.5,
    "declined.reissue": 1,
    "other.uncorrected": 3,
    "other.unpaid": 0.2,
    "other.other": 2,
}
DISPUTES = {"upheld": 55, "corrected": 15, "other": 20, "pending": 10}


@dataclass(frozen=True, slots=True)
class Holdings:
    """What a body carries from one year into the next."""

    requests: tuple[tuple[str, int], ...] = ()
    normative: int = 0
    services: int = 0
    licences: int = 0
    penalties: int = 0
    fees: int = 0


def dice(*words: object) -> Random:
    """The same words give the same dice in every run and on every machine."""
    return Random(":".join(map(str, (SEED, *words))))


def statutory(body: Body, year: int, id: str, held: Holdings) -> tuple[Figures, Holdings]:
    """The figures of one year under the form of that id, and what goes into the next."""
    rng = dice(body.id, year, "figures")
    statute = form(id)
    requests, carried = _requests(body, rng, statute, dict(held.requests))
    disclosed, after = (_disclosure_2021 if id == "2021" else _disclosure_2019)(body, rng, held)
    figures = {**disclosed, **requests, **_disputes(body, rng)}
    ordered = {code: figures[code] for code in statute.codes()}
    kept = Holdings(
        tuple(carried.items()), after.normative, after.services, after.licences, after.penalties, after.fees
    )
    return ordered, kept


def single_other(figures: Mapping[str, str]) -> Figures:
    """The same figures with the three rows of （六）其他处理 in the one row of 2019."""
    kept: Figures = {}
    for code, text in figures.items():
        table, *row, column = code.split(".")
        if table == "requests" and row[0] == "other":
            one = f"requests.other_all.{column}"
            kept[one] = str(int(kept.get(one, "0")) + int(text))
        else:
            kept[code] = text
    return kept


def _requests(
    body: Body, rng: Random, statute: Form, carried_in: Mapping[str, int]
) -> tuple[Figures, dict[str, int]]:
    rows = [row.id for row in statute.table("requests")[0].rows if not row.replaces]
    table = {row: dict.fromkeys(APPLICANTS, 0) for row in rows}
    fresh = round(body.volume * rng.uniform(0.5, 1.5)) if body.volume > 2 or rng.random() < 0.4 else 0
    for applicant, count in _shares(rng, fresh, APPLICANTS).items():
        table["new"][applicant] = count
    carried = {}
    for applicant in APPLICANTS:
        pool = table["new"][applicant] + carried_in.get(applicant, 0)
        carried[applicant] = round(pool * rng.uniform(0, 0.12))
        table["carried_in"][applicant] = carried_in.get(applicant, 0)
        table["carried_out"][applicant] = carried[applicant]
        table["processed"][applicant] = pool - carried[applicant]
        for outcome, count in _shares(rng, pool - carried[applicant], OUTCOMES).items():
            table[_row(outcome, table)][applicant] += count
    figures: Figures = {}
    for row, counts in table.items():
        figures |= {f"requests.{row}.{column}": str(count) for column, count in counts.items()}
        figures[f"requests.{row}.total"] = str(sum(counts.values()))
    return figures, carried


def _row(outcome: str, table: Mapping[str, object]) -> str:
    return outcome if outcome in table else "other_all"


def _disputes(body: Body, rng: Random) -> Figures:
    figures: Figures = {}
    for kind, part in (("review", 0.06), ("direct", 0.02), ("after_review", 0.02)):
        number = round(body.volume * part * rng.uniform(0, 2))
        shares = _shares(rng, number, DISPUTES)
        figures |= {f"disputes.{kind}.{result}": str(count) for result, count in shares.items()}
        figures[f"disputes.{kind}.total"] = str(number)
    return figures


def _shares(rng: Random, number: int, weights: Mapping[str, float]) -> dict[str, int]:
    counts = dict.fromkeys(weights, 0)
    for name in rng.choices(tuple(weights), tuple(weights.values()), k=number):
        counts[name] += 1
    return counts


def _disclosure_2021(body: Body, rng: Random, held: Holdings) -> tuple[Figures, Holdings]:
    issued = _normative(body, rng)
    repealed = rng.randint(0, held.normative // 4)
    in_force = held.normative + issued - repealed
    figures = {f"disclosure.regulations.{column}": "0" for column in ("issued", "repealed", "in_force")}
    figures |= {
        "disclosure.normative.issued": str(issued),
        "disclosure.normative.repealed": str(repealed),
        "disclosure.normative.in_force": str(in_force),
        "disclosure.licensing.decisions": str(_decisions(body, rng, 90)),
        "disclosure.penalties.decisions": str(_decisions(body, rng, 25)),
        "disclosure.coercion.decisions": str(_decisions(body, rng, 2)),
        "disclosure.fees.amount": _amount(body, rng),
    }
    return figures, Holdings(normative=in_force, fees=held.fees)


def _disclosure_2019(body: Body, rng: Random, held: Holdings) -> tuple[Figures, Holdings]:
    issued = _normative(body, rng)
    services, fees = rng.randint(-2, 4), rng.choice((0, 0, 0, 1, -1)) if held.fees else 0
    licences, penalties = rng.randint(-3, 5), rng.randint(-4, 9)
    figures = {f"disclosure.regulations.{column}": "0" for column in ("made", "opened", "open_total")}
    figures |= {
        "disclosure.normative.made": str(issued),
        "disclosure.normative.opened": str(issued),
        "disclosure.normative.open_total": str(held.normative + issued),
        **_counted("licensing", held.licences, licences, _decisions(body, rng, 90)),
        **_counted("other_services", held.services, services, _decisions(body, rng, 30)),
        **_counted("penalties", held.penalties, penalties, _decisions(body, rng, 25)),
        **_counted("coercion", 0, 0, _decisions(body, rng, 2)),
        "disclosure.fees.previous": str(held.fees),
        "disclosure.fees.change": _change(fees),
        "disclosure.procurement.items": str(rng.randint(0, 3 + body.volume // 3)),
        "disclosure.procurement.amount": _amount(body, rng),
    }
    return figures, Holdings(
        normative=held.normative + issued,
        services=max(0, held.services + services),
        licences=max(0, held.licences + licences),
        penalties=max(0, held.penalties + penalties),
        fees=max(0, held.fees + fees),
    )


def _counted(item: str, before: int, change: int, decisions: int) -> Figures:
    return {
        f"disclosure.{item}.previous": str(before),
        f"disclosure.{item}.change": _change(max(change, -before)),
        f"disclosure.{item}.decisions": str(decisions),
    }


def _change(change: int) -> str:
    return f"+{change}" if change > 0 else str(change)


def _normative(body: Body, rng: Random) -> int:
    return {"government": rng.randint(8, 20), "office": rng.randint(0, 6)}.get(
        body.kind, rng.choice((0, 0, 0, 1, 2))
    )


def _decisions(body: Body, rng: Random, per_request: int) -> int:
    if not body.office or rng.random() < 0.15:
        return rng.choice((0, 0, 0, rng.randint(1, 30)))
    return round(body.volume * per_request * rng.uniform(0.3, 1.6))


def _amount(body: Body, rng: Random) -> str:
    if not body.office or rng.random() < 0.45:
        return "0"
    hundredths = round(body.volume * rng.uniform(0.5, 40) * 10000)
    return f"{hundredths / 10000:.4f}".rstrip("0").rstrip(".")

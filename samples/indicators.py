"""The one-column statistics table of 2014 to 2018: its rows, and figures that add up."""

from collections.abc import Iterator
from random import Random

from parsers.form import form
from samples.county import Body
from samples.figures import Figures, dice


def _rows() -> Iterator[tuple[str, str, str]]:
    """The rows of the form, and where they first occur the headings above them that are no rows."""
    rows = form("2014").longest.rows
    shown = {row.label for row in rows}
    for row in rows:
        for heading in row.under:
            if heading not in shown:
                shown.add(heading)
                yield "", heading, "——"
        yield row.id, row.label, row.unit or ""


# code, label, unit; a row without a code is a heading and shows —— for its number.
ROWS: tuple[tuple[str, str, str], ...] = tuple(_rows())
RECEIVED = ("received.person", "received.fax", "received.online", "received.letter")
REFUSED = tuple(code for code, _, _ in ROWS if code.startswith("answered.refused."))
ANSWERED = tuple(code for code, _, _ in ROWS if code.startswith("answered.") and code not in REFUSED)
CHANNELS = tuple(code for code, _, _ in ROWS if code.startswith("channel."))


def indicators(body: Body, year: int) -> Figures:
    """`indicators.<code>` → text for every row that has a number."""
    rng = dice(body.id, year, "indicators")
    counts = {code: 0 for code, _, _ in ROWS if code}
    _fill_disclosed(counts, body, rng)
    _fill_requests(counts, body, rng)
    _fill_means(counts, rng)
    return {f"indicators.{code}": str(count) for code, count in counts.items()}


def _fill_disclosed(counts: dict[str, int], body: Body, rng: Random) -> None:
    counts["channel.website"] = rng.randint(40, 150) + body.volume * rng.randint(2, 9)
    counts["channel.wechat"] = rng.choice((0, rng.randint(5, 200)))
    counts["channel.other"] = rng.randint(0, 30)
    if body.kind in ("government", "office"):
        counts["channel.gazette"] = rng.randint(20, 60)
    counts["normative"] = rng.randint(0, 3) if body.kind != "government" else rng.randint(6, 15)
    counts["disclosed.normative"] = counts["normative"]
    counts["disclosed"] = sum(counts[code] for code in CHANNELS)
    counts["responses"] = counts["responses.social"] = rng.randint(0, 6)
    counts["responses.articles"] = rng.randint(0, 12)


def _fill_requests(counts: dict[str, int], body: Body, rng: Random) -> None:
    received = round(body.volume * rng.uniform(0, 1.2))
    for code in rng.choices(RECEIVED, (20, 1, 55, 24), k=received):
        counts[code] += 1
    counts["received"] = counts["concluded"] = counts["answered"] = received
    counts["concluded.extended"] = received // 12
    counts["concluded.in_time"] = received - received // 12
    for code in rng.choices(ANSWERED, (20, 35, 8, 8, 8, 15, 3, 3), k=received):
        counts[code] += 1
    for code in rng.choices(REFUSED, k=counts["answered.refused"]):
        counts[code] += 1
    counts["review"] = counts["review.upheld"] = received // 20
    counts["litigation"] = counts["litigation.upheld"] = received // 40


def _fill_means(counts: dict[str, int], rng: Random) -> None:
    counts["offices"] = rng.choice((0, 1, 1))
    counts["reading_points"] = rng.randint(1, 3)
    counts["staff.full_time"] = rng.randint(0, 2)
    counts["staff.part_time"] = rng.randint(1, 4)
    counts["staff"] = counts["staff.full_time"] + counts["staff.part_time"]
    counts["meetings"] = rng.randint(1, 4)
    counts["trainings"] = rng.randint(0, 3)
    counts["trained"] = counts["trainings"] * rng.randint(8, 40)

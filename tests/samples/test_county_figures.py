"""Whatever body and year: figures that satisfy the form, also after the rows of （六） are made one."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.form import form
from samples.county import BODIES, Body
from samples.figures import Figures, Holdings, single_other, statutory
from samples.indicators import indicators
from samples.report import Printed

BODY = st.builds(
    lambda body, volume: replace(body, volume=volume), st.sampled_from(BODIES), st.integers(0, 400)
)
CARRIED = st.dictionaries(st.sampled_from(["person", "company", "other"]), st.integers(0, 60))


def _broken(id: str, figures: Figures) -> list[str]:
    def side(codes: tuple[str, ...]) -> int:
        return sum(int(figures.get(code, "0")) for code in codes)

    return [e.rule for e in form(id).equations() if side(e.left) != side(e.right)]


@settings(max_examples=60, deadline=None)
@given(BODY, st.integers(2019, 2060), st.sampled_from(["2019", "2021"]), CARRIED)
def test_any_figures_satisfy_their_form(body: Body, year: int, id: str, carried: dict[str, int]) -> None:
    figures, after = statutory(body, year, id, Holdings(tuple(carried.items()), normative=9, fees=3))
    assert tuple(figures) == form(id).codes()
    assert _broken(id, figures) == []
    for applicant, count in after.requests:
        assert figures[f"requests.carried_out.{applicant}"] == str(count)
    for code, text in figures.items():
        assert code.endswith(".change") or Decimal(text) >= 0


@settings(max_examples=30, deadline=None)
@given(BODY, st.integers(2021, 2060))
def test_one_row_for_three_keeps_the_identities(body: Body, year: int) -> None:
    figures = single_other(statutory(body, year, "2021", Holdings())[0])
    assert _broken("2021", figures) == []
    assert len(figures) == 200 - 14


@settings(max_examples=30, deadline=None)
@given(BODY, st.integers(2014, 2018))
def test_indicators_add_up(body: Body, year: int) -> None:
    counts = {code.removeprefix("indicators."): int(text) for code, text in indicators(body, year).items()}
    assert counts["received"] == sum(
        counts[f"received.{way}"] for way in ("person", "fax", "online", "letter")
    )
    assert counts["concluded"] == counts["concluded.in_time"] + counts["concluded.extended"]
    parts = [c for c in counts if c.startswith("answered.") and not c.startswith("answered.refused.")]
    assert counts["answered"] == sum(counts[code] for code in parts)
    refused = [code for code in counts if code.startswith("answered.refused.")]
    assert counts["answered.refused"] == sum(counts[code] for code in refused)


@given(st.integers(0, 10**9), st.sampled_from(["", "元"]))
def test_value_of_an_amount_is_its_shortest_decimal(hundredths: int, unit: str) -> None:
    text = f"{Decimal(hundredths) / 100:.2f}{unit}"
    value = Printed("disclosure.fees.amount", text).value
    assert isinstance(value, str)
    assert Decimal(value) * (10000 if unit else 1) == Decimal(text.removesuffix("元"))
    assert "." not in value or not value.endswith(("0", "."))

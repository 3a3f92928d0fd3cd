"""The rows of bodies by years. A page has thousands of cells: a template takes ten times as long for them."""

from collections.abc import Iterator

from markupsafe import Markup, escape

from archive.pages.addresses import body_address, report_address
from archive.pages.coverage import Coverage, Line, Linked, Outcome
from archive.pages.words import Say

SIGNS = {
    "published": "✓",
    "not_found": "✗",
    "blocked": "⊘",
    "gone": "†",
    "not_due": "…",
    "not_obliged": "–",
}


def grid_rows(coverage: Coverage, say: Say, base: str) -> Markup:
    """Each outcome as its sign, with words in <u> for those who do not see it; `base` begins each address."""
    plain = {outcome: f"{sign}<u> {escape(say(f'outcome.{outcome}'))}</u>" for outcome, sign in SIGNS.items()}
    passed_on = f"→<u> {escape(say('grid.became'))}</u>"
    none = f"<td><u>{escape(say('outcome.none'))}</u></td>"

    def cell(line: Line, one: Outcome | None) -> str:
        if one is None:
            return none
        if line.became and one.outcome == "not_obliged" and one.year >= line.became.year:
            return f"<td>{_linked(line.became, passed_on, base)}</td>"
        return _cell(one, plain, say, base)

    return Markup("\n").join(
        Markup(_row(line, (cell(line, one) for one in line.outcomes), base))  # noqa: S704 - escaped
        for line in coverage.lines
    )


def _row(line: Line, cells: Iterator[str], base: str) -> str:
    head = f'<a href="{base}{body_address(line.body)}">{escape(line.name)}</a>'
    if line.became:
        later = _linked(line.became, str(escape(line.became.name)), base)
        head += f' <span class="quiet">→ {later} {line.became.year}</span>'
    return f'<tr><th scope="row" lang="zh-Hans">{head}</th>{"".join(cells)}</tr>'


def _linked(later: Linked, shown: str, base: str) -> str:
    return f'<a href="{base}{body_address(later.body)}">{shown}</a>'


def _cell(one: Outcome, plain: dict[str, str], say: Say, base: str) -> str:
    shown, late = plain[one.outcome], ""
    if one.late:
        late = escape(say("unit.days_late", days=one.days_late))
        shown = (
            f"{SIGNS[one.outcome]} +{one.days_late}<u> {escape(say(f'outcome.{one.outcome}'))}, {late}</u>"
        )
    if one.report:
        shown = f'<a href="{base}{report_address(one.report)}">{shown}</a>'
    style = "late" if one.late else one.outcome if one.outcome == "not_found" else ""
    return f'<td class="{style}">{shown}</td>' if style else f"<td>{shown}</td>"

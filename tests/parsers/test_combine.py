"""A page with the sections and annexes with the tables, put together to one reading."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from parsers.combine import combined
from parsers.form import form
from parsers.reading import (
    Claim,
    Figure,
    Finding,
    Place,
    Publisher,
    Reading,
    Section,
    Status,
    Unplaced,
)

STATUTE = form("2021")
SENTENCE = "2023年收到申请7件。"


def figures(texts: Mapping[str, int], tables: Iterable[str]) -> tuple[Figure, ...]:
    """Of the tables named each figure, 0 but those given; those of the others absent."""
    held = tuple(f"{table}." for table in tables)
    return tuple(
        Figure(code, "read", texts.get(code, 0), str(texts.get(code, 0)), Place(grid=0, row=1, column=2))
        if code.startswith(held)
        else Figure(code, "absent")
        for code in STATUTE.codes()
    )


def reading(name: str, *tables: str, sections: int = 0, **texts: int) -> Reading:
    spelt = {code.replace("__", "."): value for code, value in texts.items()}
    return Reading(
        sha256=name * 64,
        media_type="text/html",
        form="2021" if tables else "free",
        year=2023,
        publisher=Publisher("青禾镇人民政府"),
        title=None,
        published=None,
        sections=tuple(Section(n, f"{n}、", name) for n in range(1, sections + 1)),
        figures=figures(spelt, tables) if tables else (),
        unplaced=(),
        scope="unstated",
        findings=(),
    )


def of(whole: Reading, code: str) -> Figure:
    return next(figure for figure in whole.figures if figure.code == code)


def test_one_document_is_itself() -> None:
    alone = reading("a", "requests", sections=6)
    assert combined([alone]) is alone


def test_sections_of_the_page_and_tables_of_the_annex() -> None:
    page = replace(reading("a", sections=6), title="年报", scope="own", scope_says="本机关")
    annex = reading("b", "disclosure", "requests", "disputes", requests__new__person=7)
    whole = combined([page, annex])
    assert (whole.sha256, whole.form, whole.title) == (page.sha256, "2021", "年报")
    assert whole.sections == page.sections
    assert of(whole, "requests.new.person").value == 7
    assert of(whole, "requests.new.person").place == Place(grid=0, row=1, column=2, document=annex.sha256)
    assert (whole.scope, whole.scope_says) == ("own", "本机关")
    other = combined([annex, page])
    assert other.sections == page.sections
    assert other.figures == annex.figures
    assert (other.title, other.scope) == ("年报", "own")


def test_a_table_comes_whole_from_one_document_the_main_one_first() -> None:
    main = reading("a", "requests", requests__new__person=1)
    annex = reading("b", "requests", "disputes", requests__new__person=1, disputes__review__total=4)
    holed = tuple(
        replace(f, status="blank", value=None) if f.code == "requests.granted.person" else f
        for f in main.figures
    )
    whole = combined([replace(main, figures=holed), annex])
    assert of(whole, "requests.granted.person").status == "blank"
    assert of(whole, "requests.granted.person").place.document is None
    assert of(whole, "disputes.review.total").place.document == annex.sha256
    absent: Status = "absent"
    assert of(whole, "disclosure.fees.amount") == Figure("disclosure.fees.amount", absent)
    assert len(whole.figures) == len(STATUTE.codes())


def test_documents_that_disagree_are_a_finding() -> None:
    main, annex = reading("a", "requests"), reading("b", "requests", "disputes", requests__new__person=3)
    (conflict,) = combined([main, annex]).findings
    assert (conflict.rule, conflict.codes) == ("report.conflict", ("requests.new.person",))
    assert annex.sha256[:12] in conflict.says
    (years,) = combined([main, replace(reading("c", sections=1), year=2022)]).findings
    assert (years.rule, years.left, years.right) == ("report.conflict", 2022, 2023)


def test_findings_follow_what_they_are_about() -> None:
    def finding(rule: str, *codes: str, says: str = "x") -> Finding:
        return Finding(rule, "warning", "publisher", says, codes)

    absent = finding(
        "figures.absent", "requests.new.person", "disputes.review.total", says="2 figures absent."
    )
    page = replace(
        reading("a", "disclosure", sections=6),
        scope="unstated",
        findings=(
            absent,
            finding("form.none"),
            finding("scope.unstated"),
            finding("sections.extra"),
            finding("disputes.total", "disputes.review.total"),
            finding("cells.unit", "disclosure.fees.amount"),
        ),
        unchecked=("requests.total new",),
    )
    annex = replace(
        reading("b", "requests", "disputes"),
        scope="aggregate",
        findings=(
            finding("sections.missing"),
            finding("year.conflict"),
            finding("disputes.total", "disputes.direct.total"),
            finding("document.doubt"),
        ),
        unplaced=(Unplaced("granted", 0, "7"),),
        unchecked=("requests.balance person", "disclosure.x y"),
    )
    whole = combined([page, annex])
    assert [(f.rule, f.codes) for f in whole.findings] == [
        ("sections.extra", ()),
        ("cells.unit", ("disclosure.fees.amount",)),
        ("disputes.total", ("disputes.direct.total",)),
        ("document.doubt", ()),
    ]
    assert whole.unchecked == ("requests.balance person",)
    assert whole.unplaced == annex.unplaced
    kept = combined([replace(annex, findings=(absent,)), replace(page, findings=())]).findings
    assert kept == (absent,)
    half = combined([replace(reading("c", "requests"), findings=(absent,)), annex]).findings
    assert [(f.codes, f.says) for f in half if f.rule == absent.rule] == [
        (("requests.new.person",), "1 figures absent.")
    ]


def test_sentences_of_the_page_are_held_against_the_tables_of_the_annex() -> None:
    claim = Claim("requests.new.total", 7, False, "件", "2023", SENTENCE, 1)
    old = Finding("narrative.contradiction", "warning", "publisher", "of the page alone")
    page = replace(reading("a", sections=6), claims=(claim,), findings=(old,))
    (found,) = combined([page, reading("b", "requests", requests__new__total=8)]).findings
    assert (found.rule, found.left, found.right) == ("narrative.contradiction", 7, 8)
    assert combined([page, reading("b", "requests", requests__new__total=7)]).findings == ()

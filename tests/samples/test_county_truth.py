"""The truth: the same each time, complete, and right but for the stated defects."""

import json
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from parsers.form import form
from samples import defects
from samples.county import BODIES, DIVISION
from samples.publication import changed, published_years, reports
from samples.report import Printed, Report
from samples.truth import as_json, broken, truth

STATUTORY = tuple(entry for entry in truth().entries if entry.report.form in ("2019", "2021"))


def test_county_is_as_large_as_promised() -> None:
    assert len(BODIES) == 40
    assert 500 <= len(truth().entries) <= 700
    kinds = Counter(body.kind for body in BODIES)
    assert kinds == {"department": 24, "township": 10, "subdistrict": 4, "government": 1, "office": 1}
    assert {body.division[:6] for body in BODIES} == {DIVISION}


def test_ids_and_addresses_are_unique() -> None:
    entries = truth().entries
    assert len({entry.report.id for entry in entries}) == len(entries)
    paths = [
        (e.address.portal, path) for e in entries for path in (e.address.article, e.address.mirror) if path
    ]
    files = [e.address.attachment for e in entries if e.address.attachment]
    assert len(set(paths)) == len(paths)
    assert len(set(files)) == len(files)


def test_identities_hold_but_in_the_stated_reports() -> None:
    assert len(STATUTORY) > 200
    told = {f"{body}-{year}" for body, year in defects.BROKEN}
    assert {entry.report.id for entry in STATUTORY if entry.broken} == told


def test_one_changed_figure_is_seen_as_broken() -> None:
    report = truth().entry("land-2021").report
    assert broken(report) == ()
    wrong = changed(report.texts, defects.Change(add=(("requests.granted.person", 1),)))
    found = broken(replace(report, figures=tuple(Printed(*pair) for pair in wrong.items())))
    assert [(b.rule, b.at) for b in found] == [
        ("requests.processed", "person"),
        ("requests.total", "granted"),
    ]


def test_every_code_of_the_form_is_printed() -> None:
    single = ["development-2021", "shuangzhan-2022", "water-2023"]
    differing = []
    for entry in STATUTORY:
        codes, wanted = set(entry.report.texts), set(form(entry.report.form).codes())
        if codes != wanted:
            differing.append(entry.report.id)
            assert _rows(wanted - codes) == {
                f"requests.other.{r}" for r in ("uncorrected", "unpaid", "other")
            }
            assert _rows(codes - wanted) == {"requests.other_all"}
    assert sorted(differing) == single


def _rows(codes: set[str]) -> set[str]:
    return {code.rsplit(".", 1)[0] for code in codes}


def test_what_is_carried_out_is_carried_in_the_year_after() -> None:
    shown = {entry.report.id: entry.report for entry in STATUTORY if not entry.broken}
    pairs = [
        (before, shown[f"{before.body.id}-{before.year + 1}"])
        for before in shown.values()
        if f"{before.body.id}-{before.year + 1}" in shown
    ]
    assert len(pairs) > 150
    for before, after in pairs:
        out, into = (_total(r, row) for r, row in ((before, "carried_out"), (after, "carried_in")))
        assert out == into, after.id


def _total(report: Report, row: str) -> str:
    return report.texts[f"requests.{row}.total"]


def test_every_body_and_year_is_published_or_missing() -> None:
    known = truth()
    published = {(entry.report.body.id, entry.report.year) for entry in known.entries}
    missing = {(gap.body.id, gap.year) for gap in known.missing}
    assert not published & missing
    wanted = {(b.id, y) for b in BODIES for y in range(max(2008, b.first_year), min(2025, b.last_year) + 1)}
    assert published | missing == wanted
    assert set(defects.MISSING) <= missing
    assert all(year < 2015 for key in missing - set(defects.MISSING) for year in key[1:])


@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("broken_identity", defects.BROKEN),
        ("late", defects.PUBLISHED),
        ("copied_text", defects.COPIED),
        ("wrong_form", defects.WRONG_FORM),
        ("restarted_numbering", defects.RESTARTED),
        ("radicals", defects.RADICALS),
        ("single_other", defects.SINGLE_OTHER),
        ("blank_cells", defects.BLANK),
        ("marked_cells", defects.MARKED),
        ("mistyped_label", defects.MISTYPED),
        ("title_year", defects.TITLE_YEAR),
        ("own_unit", defects.OWN_UNIT),
    ],
)
def test_each_defect_stands_where_it_was_put(name: str, keys: tuple[defects.Key, ...]) -> None:
    found = {entry.report.id for entry in truth().entries if name in entry.report.defects}
    assert found == {f"{body}-{year}" for body, year in keys}
    assert found


def test_defects_are_in_the_reports_themselves() -> None:
    known = truth()
    copy, source = (known.entry(id).report for id in ("weitang-2021", "qiaohe-2021"))
    assert copy.sections[4] == source.sections[4]
    assert known.entry("luting-2021").report.form == "2019"
    assert "一、主动公开情况" in known.entry("finance-2021").report.sections[0].paragraphs
    assert "2021年" in known.entry("civil-2022").report.title
    assert {f.status for f in known.entry("yancheng-2022").report.figures} == {"read", "blank"}
    assert {f.status for f in known.entry("liudun-2021").report.figures} == {"read", "mark"}
    assert "⼈⺠" in "".join(known.entry("justice-2021").report.sections[0].paragraphs)
    fees = {f.code: f for f in known.entry("finance-2023").report.figures}["disclosure.fees.amount"]
    assert (fees.text, fees.value) == ("1528300元", "152.83")


def test_late_reports_are_late_and_the_others_of_departments_are_not() -> None:
    for entry in truth().entries:
        report = entry.report
        month, day = (3, 31) if report.body.kind == "government" or report.year < 2018 else (1, 31)
        late = (report.published.month, report.published.day) > (month, day)
        assert late == ("late" in report.defects), report.id


def test_narratives_state_the_numbers_of_their_tables() -> None:
    for entry in STATUTORY:
        report, overview = entry.report, "".join(entry.report.sections[0].paragraphs)
        new = int(report.texts["requests.new.total"])
        if new and not entry.broken and "radicals" not in report.defects:
            assert any(f"{word}{new}件" in overview for word in ("申请", "公开申请")), report.id


def test_phase_two_edits_one_adds_one_and_deletes_one() -> None:
    known = truth()
    first, second = ({report.id for report in reports(phase)} for phase in (1, 2))
    assert second - first == {"urban-2025"}
    assert first - second == {"culture-2018"}
    edited = [entry for entry in known.entries if entry.edits]
    assert [(e.report.id, e.edits[0].code) for e in edited] == [
        ("health-2023", "disclosure.penalties.decisions")
    ]
    assert not broken(next(r for r in reports(2) if r.id == "health-2023"))


def test_json_has_every_report_and_is_the_same_in_another_process(tmp_path: Path) -> None:
    file = tmp_path / "truth.json"
    subprocess.run([sys.executable, "-m", "samples.truth", file], check=True, env={"PYTHONHASHSEED": "7"})
    text = file.read_text(encoding="utf-8")
    assert text == as_json(truth())
    entry = json.loads(text)
    assert len(entry["reports"]) == len(truth().entries)
    assert entry["reports"][0]["figures"] == {}
    figure = next(r for r in entry["reports"] if r["id"] == "land-2022")["figures"]["disputes.review.upheld"]
    assert figure == {"text": "10", "status": "read", "value": 10}


def test_truth_without_a_file_says_what_to_do() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "samples.truth"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "python -m samples.truth FILE" in done.stderr


def test_bodies_that_changed_their_names_print_the_old_ones() -> None:
    known = truth()
    assert known.entry("land-2017").report.publisher == "砚澜县国土资源局"
    assert known.entry("land-2018").report.publisher == "砚澜县自然资源局"
    assert published_years(next(b for b in BODIES if b.id == "revival")) == (2021, 2022, 2023)

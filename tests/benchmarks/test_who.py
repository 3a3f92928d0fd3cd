"""The measure of `nianbao who` sees what is right, wrong and left open."""

from pathlib import Path

import pytest

from benchmarks.who import lines, main, measured

REPORT = "政府信息公开工作年度报告"
HEAD = "url\ttitle\tbody\tlevel\tyear\tform\n"
RIGHT = (
    f"http://a.gov.cn/1\t涧西区民政局2023年{REPORT}\t洛阳市涧西区民政局(原民政科)\tdistrict-dept\t2023\tx\n"
)
SHORT = f"http://a.gov.cn/2\t镇宁县2021年{REPORT}\t安顺市镇宁县人民政府办公室\tcounty\t2021\tx\n"
OPEN = f"http://a.gov.cn/3\t新华区2022年{REPORT}\t石家庄市新华区人民政府\tdistrict\t2022\tx\n"
NOBODY = f"http://a.gov.cn/4\t某区教育局2022年{REPORT}\t某区教育局\tdistrict-dept\t2022\tx\n"
ABOUT = f"http://a.gov.cn/5\t《涧西区2022年{REPORT}》解读\t涧西区人民政府\tdistrict-interpretation\t2022\tx\n"


def listed(folder: Path, *rows: str) -> Path:
    file = folder / "list.tsv"
    file.write_text(HEAD + "".join(rows), "utf-8")
    return file


def test_each_verdict(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = listed(tmp_path, RIGHT, SHORT, OPEN, NOBODY, ABOUT)
    assert [line.verdict for line in lines(file)] == ["right", "right", "missed", "open", "right"]
    assert main([str(file), "--list"]) == 0
    printed = capsys.readouterr().out
    assert "right 3, wrong 0, left open 1; of the others open 1" in printed
    assert "precision 100.0%, recall 75.0%" in printed
    assert "year: right 5, wrong 0, open 0 of 5; made up 0" in printed
    assert "annual report or not: right 5 of 5" in printed
    assert "missed: 新华区2022年" in printed
    assert "tells whose" not in printed


def test_what_a_label_does_not_tell_is_counted_apart(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(listed(tmp_path, RIGHT, OPEN.replace("石家庄市", "")))]) == 0
    printed = capsys.readouterr().out
    assert "recall 50.0%" in printed
    assert "whose label tells whose it is: recall 100.0% of 1" in printed


@pytest.mark.parametrize(
    ("label", "tells"),
    [
        ("区民政局", False),
        ("新华区人民政府", False),
        ("丰收乡人民政府", False),
        ("石家庄市新华区人民政府", True),
        ("某区民政局", False),
    ],
)
def test_a_label_that_fits_several_tells_nobody(tmp_path: Path, label: str, tells: bool) -> None:
    (line,) = lines(listed(tmp_path, OPEN.replace("石家庄市新华区人民政府", label)))
    assert line.label.tells_whose == tells


@pytest.mark.parametrize(
    "label", ["西工区民政局", "涧西区财政局", "涧西区人民政府", "灵宝市涧西区民政局", "涧西区民政局办公室"]
)
def test_an_answer_that_is_not_the_label_is_wrong(tmp_path: Path, label: str) -> None:
    file = listed(tmp_path, RIGHT.replace("洛阳市涧西区民政局", label))
    assert measured(lines(file)).wrong == 1
    assert main([str(file)]) == 1


def test_an_answer_where_nobody_can_be_named_is_wrong(tmp_path: Path) -> None:
    assert measured(lines(listed(tmp_path, RIGHT.replace("洛阳市涧西区民政局", "某区民政局")))).precision == 0


def test_lists_with_codes_are_put_to_the_resolver(tmp_path: Path) -> None:
    file = tmp_path / "codes.tsv"
    row = f"区民政局2022年{REPORT}\t\t\t\t410305\t\t涧西区民政局\t{{}}\thand"
    file.write_text(f"# title …\n{row.format('410305')}\n{row.format('410303')}\n", "utf-8")
    assert [line.verdict for line in lines(file)] == ["right", "wrong"]


def test_a_list_without_lines_is_no_measure(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="no labelled line"):
        main([str(listed(tmp_path))])

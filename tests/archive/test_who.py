"""`nianbao who`: bodies and years of addresses and titles."""

import json
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from archive.cli.who import who

REPORT = "政府信息公开工作年度报告"


def asked(*lines: str, data: Path = Path("nowhere")) -> list[dict[str, object]]:
    words = ["--json", "--data", str(data)]
    outcome = CliRunner().invoke(who, words, input="".join(f"{line}\n" for line in lines))
    assert outcome.exception is None, outcome.output
    return [json.loads(line) for line in outcome.output.splitlines()]


def test_what_is_certain_is_said() -> None:
    (found,) = asked(f"http://www.jianxi.gov.cn/1\t洛阳市涧西区政府办2023年{REPORT}")
    assert found == {
        "url": "http://www.jianxi.gov.cn/1",
        "title": f"洛阳市涧西区政府办2023年{REPORT}",
        "body": "涧西区人民政府办公室",
        "id": "410305-涧西区人民政府办公室",
        "division": "410305",
        "type": "government",
        "function": None,
        "year": 2023,
        "annual_report": True,
        "known_from": ["the title names 洛阳市涧西区政府办"],
        "candidates": [],
        "decides": None,
        "conflict": None,
    }


def test_a_department_is_told_by_what_it_is_for() -> None:
    (found,) = asked(f"\t涧西区卫健委2023年{REPORT}")
    assert (found["body"], found["type"], found["function"]) == (
        "涧西区卫生健康委员会",
        "department",
        "卫生健康",
    )


def test_what_is_not_certain_is_left_open() -> None:
    (found,) = asked(f"http://www.example.com/\t新华区{REPORT}")
    assert [found[key] for key in ("body", "id", "division", "type", "year")] == [None] * 5
    assert found["annual_report"] is True
    candidates = found["candidates"]
    assert isinstance(candidates, list)
    assert [one["division"] for one in candidates] == ["130105", "130902", "410402"]
    assert "河南省平顶山市新华区" in str(found["decides"])


@pytest.mark.parametrize(
    "title",
    [
        f"《莘县民政局2023年{REPORT}》解读",
        f"文字解读：关于莘县民政局2023年{REPORT}的解读",
        f"【图解】莘县民政局2023年{REPORT}",
        f"莘县民政局关于印发2023年{REPORT}格式的通知",
    ],
)
def test_a_text_about_a_report_is_none(title: str) -> None:
    (found,) = asked(f"\t{title}")
    assert found["annual_report"] is False
    assert found["year"] == 2023


def test_a_portal_file_proves_the_division(tmp_path: Path) -> None:
    home = "http://www.xhq.example/"
    entry = {"division": "410402", "name": "甲", "home": home, "cms": "trs", "columns": [{"url": home}]}
    (tmp_path / "portals").mkdir()
    (tmp_path / "portals" / "xinhua.yaml").write_text(yaml.safe_dump(entry, allow_unicode=True), "utf-8")
    local, foreign = asked(
        f"{home}1.html\t新华区民政局2020年{REPORT}",
        f"{home}2.html\t涧西区民政局2020年{REPORT}",
        data=tmp_path,
    )
    assert (local["body"], local["division"]) == ("新华区民政局", "410402")
    assert (foreign["body"], foreign["conflict"]) == (
        None,
        "the title names 涧西区民政局, which does not lie in 新华区, whose portal it is (410402)",
    )


def test_lines_for_people_and_blank_lines() -> None:
    outcome = CliRunner().invoke(
        who, ["--data", "nowhere"], input=f"\ufeffhttp://a.cn\t涧西区2020年{REPORT}\n\n"
    )
    assert outcome.output == f"涧西区人民政府 (410305) · 2020 · report · 涧西区2020年{REPORT}\n"


def test_a_line_without_a_tab_is_named() -> None:
    outcome = CliRunner().invoke(who, ["--data", "nowhere"], input="http://a.cn 涧西区\n")
    assert outcome.exit_code == 1
    assert "line 1: no TAB" in outcome.output

from datetime import date
from pathlib import Path

import pytest
import yaml

from crawler.portal import Column, WrongPortal, load, portals

GOOD = {
    "division": "990101",
    "name": "青禾县人民政府",
    "home": "http://www.example.cn/",
    "cms": "trs",
    "columns": [{"url": "http://www.example.cn/nb/", "body": "青禾县民政局"}],
}


def _file(folder: Path, **changed: object) -> Path:
    return _named(folder, "990101-qinghe", **changed)


def _named(folder: Path, file: str, /, **changed: object) -> Path:
    path = folder / f"{file}.yaml"
    path.write_text(yaml.safe_dump({**GOOD, **changed}, allow_unicode=True), encoding="utf-8")
    return path


def test_a_portal_file_in_its_typed_form(tmp_path: Path) -> None:
    portal = load(_file(tmp_path, hosts=["OPEN.example.cn"], pace={"delay": 2}, tried=date(2026, 3, 1)))
    assert portal.key == "990101-qinghe"
    assert portal.columns == (Column("http://www.example.cn/nb/", "青禾县民政局"),)
    assert portal.hosts == ("open.example.cn",)
    assert (portal.pace.delay, portal.pace.timeout) == (2.0, 60.0)
    assert portal.tried == date(2026, 3, 1)
    assert portal.expected.reports is None


@pytest.mark.parametrize("name", ["import", "import-990101-qinghe"])
def test_no_portal_is_named_like_an_import(tmp_path: Path, name: str) -> None:
    with pytest.raises(WrongPortal, match="its name is that of an import; give the file another"):
        load(_named(tmp_path, name))


@pytest.mark.parametrize(
    ("changed", "key", "remedy"),
    [
        ({"colums": []}, "unknown key 'colums'", "use one of: division"),
        (
            {"columns": [{"url": "http://a.cn/", "boddy": "x"}]},
            "unknown key 'boddy' in columns[1]",
            "use one of",
        ),
        ({"columns": [{"body": "x"}]}, "missing key 'url' in columns[1]", "add it"),
        ({"columns": []}, "columns", "at least one"),
        ({"columns": "http://a.cn/"}, "columns", "must be a list"),
        ({"division": 990101}, "division", "quoted code"),
        ({"home": "www.example.cn"}, "home", "http://"),
        ({"cms": "wordpress"}, "cms", "write one of: "),
        ({"name": 3}, "name", "must be a text"),
        ({"pace": {"delay": "slow"}}, "pace.delay", "must be a number"),
        ({"pace": {"delay": -1}}, "pace.delay", "not negative"),
        ({"expected": {"reports": True}}, "expected.reports", "must be a number"),
        ({"budget": {"requests": "few"}}, "budget.requests", "must be a number"),
        ({"limits": {"linkz": 9}}, "unknown key 'linkz' in limits", "use one of: answer"),
        ({"limits": [9]}, "limits", "must be a mapping"),
        ({"tried": "soon"}, "tried", "or never"),
        ({"hosts": ["http://a.cn/"]}, "hosts", "host names"),
    ],
)
def test_what_is_wrong_is_one_line_with_file_key_and_remedy(
    tmp_path: Path, changed: dict[str, object], key: str, remedy: str
) -> None:
    path = _file(tmp_path, **changed)
    with pytest.raises(WrongPortal) as wrong:
        load(path)
    says = str(wrong.value)
    assert says.startswith(f"{path}: ")
    assert key in says
    assert remedy in says
    assert "\n" not in says


@pytest.mark.parametrize("key", ["division", "name", "home", "cms", "columns"])
def test_a_missing_key_is_named(tmp_path: Path, key: str) -> None:
    path = tmp_path / "x.yaml"
    path.write_text(yaml.safe_dump({name: GOOD[name] for name in GOOD if name != key}), encoding="utf-8")
    with pytest.raises(WrongPortal, match=f"missing key '{key}'"):
        load(path)


@pytest.mark.parametrize("content", [b"", b"a: [", b"\xff\xfe\x00", b"- a list"])
def test_a_file_that_is_no_mapping_is_one_line(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.yaml"
    path.write_bytes(content)
    with pytest.raises(WrongPortal) as wrong:
        load(path)
    assert str(path) in str(wrong.value)
    assert "\n" not in str(wrong.value)


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(WrongPortal, match="no such portal file"):
        load(tmp_path / "none.yaml")


def test_a_later_folder_wins(tmp_path: Path) -> None:
    first, second = tmp_path / "a", tmp_path / "b"
    for folder, name in ((first, "old"), (second, "new")):
        folder.mkdir()
        _file(folder, name=name)
    _named(first, "another")
    found = portals([first, second])
    assert [(key, portal.name) for key, portal in found.items()] == [
        ("990101-qinghe", "new"),
        ("another", GOOD["name"]),
    ]

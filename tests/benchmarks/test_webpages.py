from benchmarks import webpages
from parsers.read import read
from parsers.reading import Reading


def test_every_kind_of_page_is_read_as_the_report_it_holds() -> None:
    for name, pages in webpages.kinds(2):
        outcomes = [read(page) for page in pages]
        assert outcomes
        for outcome in outcomes:
            assert isinstance(outcome, Reading), name
            assert sum(figure.status == "read" for figure in outcome.figures) > 100, name


def test_pages_of_large_portals_weigh_what_theirs_do() -> None:
    sizes = {name: min(map(len, pages)) for name, pages in webpages.kinds(2)}
    assert sizes["among menus and scripts"] > 60 * 1024
    assert sizes["saved by a word processor, among menus and scripts"] > 100 * 1024

"""How a portal is: each rule shown to hold, and not to hold where its condition just fails."""

from dataclasses import replace

import pytest

from crawler.captures import Signal
from crawler.notice import STATES, health
from tests.crawler.notice.story import COLUMN, HOME, PORTAL, Page, Story, page

OTHER = f"{HOME}bm/"
BODIES = ("清源县民政局", "清源县财政局", "清源县教育局", "清源县水利局")


def county(last: int = 2024, column: str = COLUMN) -> list[Page]:
    return [
        page(f"{number}-{year}.htm", year, body, column=column)
        for number, body in enumerate(BODIES)
        for year in range(2015, last + 1)
    ]


def unlisted(pages: list[Page], number: int) -> list[Page]:
    return [replace(one, listed=False) if place < number else one for place, one in enumerate(pages)]


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        ("challenge", "blocked from here"),
        ("403", "blocked from here"),
        ("login", "blocked from here"),
        ("robots", "blocked from here"),
        ("dns", "unreachable"),
        ("timeout", "unreachable"),
        ("connection", "unreachable"),
        ("503", "unreachable"),
        ("404", "changed shape"),
        ("soft-404", "changed shape"),
        ("empty", "changed shape"),
        ("error", "unreachable"),
    ],
)
@pytest.mark.parametrize("crawled_before", [True, False])
def test_a_column_that_was_not_had(answer: str, state: str, crawled_before: bool) -> None:
    story = Story()
    if crawled_before:
        story.crawl(county())
    notice = story.crawl([], lists=((COLUMN, answer),))
    assert notice.state == state
    assert (notice.vanished, notice.gone) == ((), ())
    assert "shrunk" not in (notice.state, *notice.also)
    if state != "changed shape":
        assert notice.also == (), "who was not let in cannot say that nothing was published"


def test_one_column_of_two_is_enough_and_the_sentence_counts() -> None:
    story = Story()
    notice = story.crawl(county(), lists=((COLUMN, "had"), (OTHER, "challenge")))
    assert notice.state == "blocked from here"
    assert notice.because == (f"1 list pages and 0 of 40 reports were refused, such as {OTHER} (challenge)",)


@pytest.mark.parametrize(("refused", "state"), [(3, "nothing new"), (4, "blocked from here")])
def test_a_tenth_of_the_reports_blocked_is_a_blocked_portal(refused: int, state: str) -> None:
    story = Story()
    story.crawl(county())
    pages = [replace(one, answer="challenge") if n < refused else one for n, one in enumerate(county())]
    assert story.crawl(pages).state == state


@pytest.mark.parametrize(("stopped", "state"), [("blocked", "blocked from here"), ("network", "unreachable")])
def test_a_run_that_had_to_stop_says_why_though_every_page_it_asked_for_came(
    stopped: str, state: str
) -> None:
    story = Story()
    story.crawl(county())
    notice = story.crawl(county()[:5], stopped=stopped)
    assert (notice.state, notice.conclusive, notice.stopped) == (state, True, stopped)


def test_a_run_whose_budget_ended_never_says_shrunk_or_silent() -> None:
    story = Story()
    story.crawl(county(2023))
    for days in (7, 7):
        notice = story.crawl(unlisted(county(2023), 20), stopped="budget", days=days)
        assert (notice.state, notice.also, notice.conclusive) == ("nothing new", (), False)
    assert story.crawl(unlisted(county(2023), 20)).state == "shrunk"


@pytest.mark.parametrize(("lost", "state"), [(3, "nothing new"), (4, "shrunk")])
def test_a_tenth_of_the_reports_out_of_the_columns_is_shrunk(lost: int, state: str) -> None:
    story = Story()
    story.crawl(county())
    notice = story.crawl(unlisted(county(), lost))
    assert (notice.state, notice.unlisted, notice.reports) == (state, lost, 40)


def test_two_of_a_few_are_not_shrunk() -> None:
    story = Story()
    story.crawl(county()[:10])
    assert story.crawl(unlisted(county()[:10], 2)).state == "nothing new"


def test_reports_that_vanished_one_by_one_are_not_a_shrunk_portal() -> None:
    story = Story()
    story.crawl(county())
    pages = [replace(one, answer="404", listed=False) if n < 8 else one for n, one in enumerate(county())]
    notice = story.crawl(pages)
    assert (notice.state, len(notice.vanished)) == ("ok", 8)


def test_shrunk_is_said_until_three_more_sweeps_have_found_it_so() -> None:
    story = Story()
    story.crawl(county())
    states = [story.crawl(unlisted(county(), 10)).state for _ in range(5)]
    assert states == ["shrunk"] * 4 + ["nothing new"]
    assert story.crawl(county()).state == "nothing new"
    assert story.crawl(unlisted(county(), 10)).state == "shrunk"


def test_a_column_that_lists_nothing_where_it_listed_reports_is_another_shape_for_as_long_as_it_is() -> None:
    story, both = Story(), ((COLUMN, "had"), (OTHER, "had"))
    pages = county() + [
        page(f"o{year}.htm", year, "清源县审计局", column=OTHER) for year in range(2015, 2025)
    ]
    story.crawl(pages, lists=both)
    emptied = [replace(one, listed=one.column == COLUMN) for one in pages]
    for _ in range(6):
        notice = story.crawl(emptied, lists=both)
        assert (notice.state, notice.also) == ("changed shape", ())
        assert notice.because == (f"{OTHER}: it listed 10 reports and lists none",)
    one_left = [replace(one, listed=True) if one.year == 2024 else one for one in emptied]
    assert "changed shape" not in (story.crawl(one_left, lists=both).state)


def test_a_column_taken_out_of_the_portal_file_is_not_missed() -> None:
    story = Story()
    pages = county() + [page(f"o{year}.htm", year, "清源县审计局", column=OTHER) for year in (2023, 2024)]
    story.crawl(pages, lists=((COLUMN, "had"), (OTHER, "had")))
    notice = story.crawl([replace(one, listed=one.column == COLUMN) for one in pages])
    assert notice.state == "nothing new"


def test_reports_listed_by_another_column_now_are_not_missed() -> None:
    story, both = Story(), ((COLUMN, "had"), (OTHER, "had"))
    story.crawl(county()[:36] + [replace(one, column=OTHER) for one in county()[36:]], lists=both)
    assert story.crawl(county(), lists=both).state == "nothing new"


def test_a_signal_of_a_list_page_is_another_shape_and_one_of_the_whole_portal_is_not() -> None:
    story = Story()
    story.crawl(county())
    odd = Signal(f"{COLUMN}index_2.html", "no rows where a list is due")
    assert story.crawl(county(), signals=(odd,)).because == (f"{odd.url}: {odd.says}",)
    for url in (HOME, county()[0].url):
        assert story.crawl(county(), signals=(replace(odd, url=url),)).state == "nothing new"


def test_a_column_that_never_listed_a_report_may_be_empty_beside_others() -> None:
    story, both = Story(), ((COLUMN, "had"), (OTHER, "had"))
    empty = Signal(OTHER, "no rows where a list is due")
    assert story.crawl(county(), lists=both, signals=(empty,)).state == "ok"
    alone = Story()
    assert alone.crawl([], lists=((OTHER, "had"),), signals=(empty,)).state == "changed shape"


def test_a_portal_without_any_report_is_silent() -> None:
    story = Story()
    notice = story.crawl([])
    assert (notice.state, notice.because) == ("silent", ("no report has ever been found here",))


@pytest.mark.parametrize(
    ("days", "state"),
    # The first run is on 9 June 2025. Departments are due on 31 January, and two weeks later overdue.
    [(237, "nothing new"), (251, "nothing new"), (252, "silent")],
)
def test_silent_begins_two_weeks_after_the_deadline(days: int, state: str) -> None:
    story = Story()
    story.crawl(county())
    notice = story.crawl(county(), days=days - 1)
    assert notice.state == state
    due = notice.expected[-1]
    assert (due.kind, due.year, due.due, due.overdue) == ("department", 2025, "2026-01-31", state == "silent")
    assert (due.bodies, due.missing) == (4, tuple(sorted(BODIES)))


@pytest.mark.parametrize(("came", "state"), [(2, "silent"), (3, "ok")])
def test_silent_is_when_half_of_the_departments_or_more_are_missing(came: int, state: str) -> None:
    story = Story()
    story.crawl(county())
    fresh = [page(f"{number}-2025.htm", 2025, BODIES[number]) for number in range(came)]
    notice = story.crawl([*county(), *fresh], days=300)
    assert notice.state == state
    assert notice.expected[0].missing == tuple(sorted(BODIES[came:]))


def test_a_report_listed_and_blocked_from_here_is_not_a_missing_one() -> None:
    story = Story()
    story.crawl(county())
    fresh = [page(f"{number}-2025.htm", 2025, body, answer="timeout") for number, body in enumerate(BODIES)]
    notice = story.crawl([*county(), *fresh], days=300)
    assert "silent" not in (notice.state, *notice.also)
    not_there = [replace(one, answer="404") for one in fresh]
    assert story.crawl([*county(), *not_there]).state == "silent"


def test_the_government_alone_makes_a_portal_silent_after_its_own_later_deadline() -> None:
    story = Story()
    pages = county(2025) + [page(f"g{year}.htm", year, "清源县人民政府") for year in (2022, 2023, 2024)]
    story.crawl(pages)
    assert story.crawl(pages, days=260).state == "nothing new"
    assert story.crawl(pages, days=60).state == "silent"


def test_townships_have_no_deadline_and_bodies_that_ended_are_not_waited_for() -> None:
    story = Story()
    pages = [page(f"t{year}.htm", year, "清源县白水镇人民政府") for year in (2023, 2024)]
    pages += [page(f"e{year}.htm", year, "清源县扶贫局") for year in (2019, 2020, 2021)]
    story.crawl(pages)
    notice = story.crawl(pages, days=300)
    assert (notice.state, notice.expected) == ("nothing new", ())


def test_a_first_crawl_is_compared_with_the_calendar_alone() -> None:
    assert Story().crawl(county(2024)).state == "ok"
    assert Story().crawl(county(2023)).state == "silent"


def test_a_title_that_names_nobody_is_the_governments_own() -> None:
    story = Story()
    pages = [
        replace(page(f"{year}.htm", year), title=f"{year}年政府信息公开工作年度报告")
        for year in range(2020, 2024)
    ]
    notice = story.crawl(pages)
    assert notice.expected[0].missing == (PORTAL.name.removesuffix("门户网站"),)
    assert notice.state == "silent"


def test_a_body_printed_with_and_without_its_place_is_one() -> None:
    story = Story()
    pages = [page("a.htm", 2023, "清源县民政局"), page("b.htm", 2024, "民政局")]
    assert story.crawl(pages).expected[0].missing == ()


def test_what_else_holds_is_said_beside_the_gravest() -> None:
    story = Story()
    story.crawl(county(2023))
    notice = story.crawl(unlisted(county(2023), 20))
    assert (notice.state, notice.also, len(notice.because)) == ("shrunk", ("silent",), 2)
    assert list(STATES).index("shrunk") < list(STATES).index("silent")


def test_the_same_evidence_gives_the_same_notices() -> None:
    story = Story()
    story.crawl(county())
    story.crawl(unlisted(county(), 20))
    again = Story(story.sweeps, list(reversed(story.captures)))
    assert again.notices() == story.notices()


def test_health_says_since_when_and_when_it_was_last_well() -> None:
    story = Story()
    assert health([]) is None
    story.crawl(county())
    story.crawl(county())
    told = health(story.notices())
    assert told is not None
    assert (told.state, told.since, told.runs) == ("nothing new", story.notices()[0].started, 2)
    story.crawl([], lists=((COLUMN, "challenge"),))
    story.crawl(county()[:3], stopped="budget")
    story.crawl([], lists=((COLUMN, "challenge"),))
    runs = story.notices()
    told = health(runs)
    assert told is not None
    assert (told.state, told.since, told.runs) == ("blocked from here", runs[2].started, 2)
    assert (told.last_run, told.last_ok) == (runs[4].started, runs[1].started)
    story.crawl([], lists=((COLUMN, "timeout"),))
    told = health(story.notices())
    assert told is not None
    assert (told.state, told.runs) == ("unreachable", 1)


def test_health_of_a_portal_of_which_no_run_could_tell_is_unknown() -> None:
    story = Story()
    story.crawl(county()[:3], stopped="budget")
    assert health(story.notices()) is None

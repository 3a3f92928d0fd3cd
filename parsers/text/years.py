"""Years as reports print them: 2021, ２０２１, 二〇二一, 二○二一."""

import re
from collections import Counter
from datetime import date

from parsers.text.fold import bare_whole, fold, folded_whole

YEAR = r"(?:20[0-3]\d|二[〇零o0]{1}[〇零o0一二三][〇零o0一二三四五六七八九])"
DIGITS = str.maketrans("〇零o一二三四五六七八九", "000123456789")
PERIOD = re.compile(rf"({YEAR})年1月1日(?:起|开始)?,?(?:至|到|-|~)(?:({YEAR})年)?12月31日")
ADDRESS_DATE = re.compile(r"/t(20\d\d)(\d\d)(\d\d)_")
DATE = re.compile(r"(20[0-3]\d)\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})")


def year_of(text: str) -> int:
    return int(fold(text).translate(DIGITS))


def period_year(text: str) -> int | None:
    """The year of the period a report says it covers, 1 January to 31 December."""
    said = PERIOD.search(bare_whole(text))
    return year_of(said[1]) if said and said[2] in (None, said[1]) else None


def usual_year(text: str) -> int | None:
    """The year that stands most often before 年, where no other stands as often."""
    said = Counter(year_of(year) for year in re.findall(rf"({YEAR})年", folded_whole(text)))
    ranked = said.most_common(2)
    if not ranked or (len(ranked) == 2 and ranked[0][1] == ranked[1][1]):
        return None
    return ranked[0][0]


def full_date(listed: str, url: str) -> str | None:
    """The date a column prints. Many print month and day alone; then the year is that of the date in
    the article's address, t20220208_80613.htm, where month and day are the same."""
    whole = date_of(listed)
    address = ADDRESS_DATE.search(url)
    if whole or not address:
        return whole
    dated = date_of("-".join(address.groups()))
    return dated if dated and dated[5:] == fold(listed).strip() else None


def date_of(text: str) -> str | None:
    """The first date in the text, as YYYY-MM-DD, where it is one of the calendar."""
    said = DATE.search(fold(text))
    if not said:
        return None
    try:
        return date(*(int(part) for part in said.groups())).isoformat()
    except ValueError:
        return None

"""The block above a text that says when and by whom it was published, label by label."""

import re
from collections.abc import Sequence

_PUBLISHED = re.compile(
    r"[\[【(（]?(?:发布时间|发布日期|公开日期|公开时间|发文日期|信息时间|发表时间|成文日期|日期|时间)\s*(?:[：:](.*)|()$)"
)
_BODY = re.compile(r"[\[【(（]?(?:发布机构|发文机关|发布单位|公开主体|公开机构)\s*(?:[：:](.*)|()$)")
_SOURCE = re.compile(r"[\[【(（]?(?:信息来源|文章来源|来源)\s*(?:[：:](.*)|()$)")
_TELLING = re.compile("|".join(labels.pattern for labels in (_PUBLISHED, _BODY, _SOURCE)))
_ANY_LABEL = re.compile(r"[\u4e00-\u9fff]{2,5}\s*[：:]")
_DATE = re.compile(r"((?:19|20)\d{2})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})")
_APART = re.compile(r"[\s|｜]+")

Pair = tuple[str, str]
"""A piece of text and the next one."""


def is_telling(text: str) -> bool:
    return _TELLING.match(text) is not None


def published(pairs: Sequence[Pair]) -> str | None:
    return date(_beside(pairs, _PUBLISHED))


def source(pairs: Sequence[Pair]) -> str | None:
    """The body that publishes, or else where the text is from."""
    return _beside(pairs, _BODY) or _beside(pairs, _SOURCE)


def words(lines: Sequence[str]) -> list[str]:
    """Where several labels stand on one line each word may be one."""
    return [word for line in lines for word in _APART.split(line) if word]


def date(text: str | None) -> str | None:
    match = _DATE.search(text or "")
    return f"{match[1]}-{int(match[2]):02}-{int(match[3]):02}" if match else None


def _beside(pairs: Sequence[Pair], labels: re.Pattern[str]) -> str | None:
    """What stands behind a label in its own piece of text, or in the next one."""
    for text, following in pairs:
        match = labels.match(text)
        if match:
            return (match[1] or "").strip() or (None if _ANY_LABEL.match(following) else following) or None
    return None

"""What a page says of its text outside it: title, date, source."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

from parsers.readers.html.tree import Element, remove, string

_PUBLISHED = re.compile(
    r"[\[【(（]?(?:发布时间|发布日期|公开日期|公开时间|发文日期|信息时间|发表时间|成文日期|日期|时间)\s*(?:[：:](.*)|()$)"
)
_BODY = re.compile(r"[\[【(（]?(?:发布机构|发文机关|发布单位|公开主体|公开机构)\s*(?:[：:](.*)|()$)")
_SOURCE = re.compile(r"[\[【(（]?(?:信息来源|文章来源|来源)\s*(?:[：:](.*)|()$)")
_TELLING = re.compile("|".join(labels.pattern for labels in (_PUBLISHED, _BODY, _SOURCE)))
_ANY_LABEL = re.compile(r"[\u4e00-\u9fff]{2,5}\s*[：:]")
_DATE = re.compile(r"((?:19|20)\d{2})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})")
_NEAR_TOP = 60


@dataclass(frozen=True, slots=True)
class Head:
    title: str | None
    published: str | None
    source: str | None


def head(root: Element, main: Element) -> Head:
    """Cuts the main element out of its page, to tell what stands around it."""
    telling = list(root.iter("meta", "h1", "ucaptitle", "title", "publishtime"))
    pairs = [(element.get("name"), element.get("content")) for element in telling if element.tag == "meta"]
    meta = {(name or "").lower(): (content or "").strip() for name, content in pairs}
    title = _title(telling, meta.get("articletitle"))
    published = _date(meta.get("pubdate")) or _date(next(_tagged(telling, "publishtime"), None))
    source = meta.get("contentsource")
    if published and source:
        remove(main)
        return Head(title, published, source)
    labelled = _labelled(root, main)
    return Head(
        title,
        published or _date(_beside(labelled, _PUBLISHED)),
        source or _beside(labelled, _BODY) or _beside(labelled, _SOURCE),
    )


def _title(telling: Sequence[Element], meta: str | None) -> str | None:
    tagged = (text for tag in ("ucaptitle", "h1", "title") for text in _tagged(telling, tag))
    return meta or next(tagged, None)


def _tagged(telling: Sequence[Element], tag: str) -> Iterator[str]:
    return (text for element in telling if element.tag == tag and (text := _text(element)))


def _text(element: Element) -> str:
    return " ".join(string(element).split())


def _labelled(root: Element, main: Element) -> list[tuple[str, str]]:
    """Of the pieces of text outside the main element and the first ones inside it those that begin with
    a telling label, each with the next one."""
    first = list(islice(main.itertext(), _NEAR_TOP))
    remove(main)
    around = root.itertext() if main is not root else ()
    texts = [bare for text in (*around, *first) if (bare := text.strip())]
    return [pair for pair in pairwise((*texts, "")) if _TELLING.match(pair[0])]


def _beside(labelled: list[tuple[str, str]], labels: re.Pattern[str]) -> str | None:
    """What stands behind a label in its own piece of text, or in the next one."""
    for text, following in labelled:
        match = labels.match(text)
        if match:
            return (match[1] or "").strip() or (None if _ANY_LABEL.match(following) else following) or None
    return None


def _date(text: str | None) -> str | None:
    match = _DATE.search(text or "")
    return f"{match[1]}-{int(match[2]):02}-{int(match[3]):02}" if match else None

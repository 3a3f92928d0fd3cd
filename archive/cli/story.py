"""The notices of portals, from the store of captures."""

from collections.abc import Sequence

from crawler.captures import Capture, Store
from crawler.notice import Notice, notices


def story(store: Store, keys: Sequence[str]) -> dict[str, list[Notice]]:
    """Of every run of these portals, oldest first."""
    captures: dict[str, list[Capture]] = {key: [] for key in keys}
    for capture in store.captures():
        if capture.portal in captures:
            captures[capture.portal].append(capture)
    return {key: notices(store.sweeps(key), captures[key]) for key in keys}

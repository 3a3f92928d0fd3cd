"""Tests that need the machine's Chromium and what drives it."""

import pytest

from crawler.asking.browser import chromium
from crawler.asking.showing import NoBrowser, errors


def at_hand() -> None:
    try:
        errors()
        chromium()
    except NoBrowser as missing:
        pytest.skip(f"needs a browser: {missing}")

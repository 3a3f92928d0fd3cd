"""Search: what is asked in an address, what of the archive answers it, and how often what is among it."""

from archive.pages.searching.asked import (
    FORMS,
    KINDS,
    LEVELS,
    RULES,
    SECTIONS,
    SEVERITIES,
    SORTS,
    Asked,
    asked,
    section_label,
)
from archive.pages.searching.page import Search, search_page
from archive.pages.searching.taken import Answers, Hit, answers, sheet

__all__ = [
    "FORMS",
    "KINDS",
    "LEVELS",
    "RULES",
    "SECTIONS",
    "SEVERITIES",
    "SORTS",
    "Answers",
    "Asked",
    "Hit",
    "Search",
    "answers",
    "asked",
    "search_page",
    "section_label",
    "sheet",
]

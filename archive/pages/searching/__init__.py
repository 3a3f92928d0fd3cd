"""Search: what is asked in an address, what of the archive answers it, and how often what is among it."""

from archive.pages.searching.asked import FILTERS, PAGES, SORTS, Asked, asked, section_label
from archive.pages.searching.page import Search, search_page
from archive.pages.searching.taken import Answers, answers, sheet
from archive.pages.searching.tally import CAP

__all__ = [
    "CAP",
    "FILTERS",
    "PAGES",
    "SORTS",
    "Answers",
    "Asked",
    "Search",
    "answers",
    "asked",
    "search_page",
    "section_label",
    "sheet",
]

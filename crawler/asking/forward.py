"""A downloader middleware: list pages that only send elsewhere, by a meta element or a script, are followed.

Never articles: those that were deleted send to their column, which would be taken for a report."""

from scrapy import Request
from scrapy.downloadermiddlewares.redirect import BaseRedirectMiddleware
from scrapy.http import Response

from crawler.page import forwards, is_page, page
from crawler.record import ROBOTS, Asked


class Forward(BaseRedirectMiddleware):
    def process_response(self, request: Request, response: Response) -> Request | Response:
        asked: Asked = request.meta.get("asked", ROBOTS)
        if asked.role != "list" or request.meta["refusal"] == "challenge" or not is_page(response.body):
            return response
        target = forwards(page(response.url, response.body))
        if target is None:
            return response
        return self._redirect(self._redirect_request_using_get(request, response, target), request, "page")

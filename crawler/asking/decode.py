"""A downloader middleware: answers without their content encoding, as the store hands them out.

Scrapy's own gives an answer up that is not encoded as its header says."""

from scrapy import Request
from scrapy.http import Response

from crawler.captures.payload import decoded


class Decode:
    def process_response(self, request: Request, response: Response) -> Response:  # noqa: ARG002
        encodings = response.headers.getlist("Content-Encoding")
        if not encodings:
            return response
        body = decoded(response.body, b",".join(encodings).decode("latin-1"))
        plain = response.replace(body=body)
        del plain.headers["Content-Encoding"]
        return plain

"""Reading answers of servers that keep to no standard, and no more of their headers than is reasonable.

Builds on what Scrapy reads leniently already; its classes are private, so the lock file pins its version."""

from typing import Any

from scrapy.core.downloader.handlers.http11 import (
    _LenientHTTP11ClientFactory,
    _LenientHTTP11ClientProtocol,
    _LenientHTTPClientParser,
)
from twisted.internet.error import ConnectionDone
from twisted.python.failure import Failure
from twisted.web._newclient import HEADER, STATUS, ResponseFailed
from twisted.web.http import PotentialDataLoss, _DataLoss, _IdentityTransferDecoder

HEADERS = 256 * 1024
"""Bytes of headers that are read."""


class TooManyHeaders(Exception):
    """The headers of an answer have no end."""


class _Parser(_LenientHTTPClientParser):
    """Takes the place of a parser that was made already, so it begins with what its class says."""

    _heads = 0
    _tls = False

    def dataReceived(self, data: bytes) -> None:  # noqa: N802 - Twisted's name for it
        if self.state in (STATUS, HEADER):
            self._heads += len(data)
            if self._heads > HEADERS:
                raise TooManyHeaders
        super().dataReceived(data)  # type: ignore[no-untyped-call]

    def allHeadersReceived(self) -> None:  # noqa: N802
        """A length that is none, and an encoding of the transfer that nobody knows, say nothing."""
        lengths = self.connHeaders.getRawHeaders(b"Content-Length", [])
        said = {part.strip() for line in lengths for part in line.split(b",")}
        if said and (len(said) > 1 or not said.pop().isdigit()):
            self.connHeaders.removeHeader(b"Content-Length")
        codings = self.connHeaders.getRawHeaders(b"Transfer-Encoding", [])
        if codings and codings[0].lower() not in self._transferDecoders:
            self.connHeaders.removeHeader(b"Transfer-Encoding")
        transport: Any = self.transport
        self._tls = hasattr(transport._producer, "getPeerCertificate")
        super().allHeadersReceived()  # type: ignore[no-untyped-call]

    def connectionLost(self, reason: Any = None) -> None:  # noqa: N802
        """A connection that was closed ends a body that may be whole; one that broke off does not. Over
        TLS the two cannot be told apart: many servers close without saying so."""
        if self.bodyDecoder is None:
            super().connectionLost(reason)
            return
        try:
            self.bodyDecoder.noMoreData()  # type: ignore[no-untyped-call]
        except (PotentialDataLoss, _DataLoss):
            self.response._bodyDataFinished(self._shortened(reason))
        else:
            self.response._bodyDataFinished()

    def _shortened(self, reason: Any) -> Any:
        lost: Any = Failure
        closed = reason.check(ConnectionDone) or self._tls
        if closed and isinstance(self.bodyDecoder, _IdentityTransferDecoder):
            return lost(PotentialDataLoss())
        broken: Any = ResponseFailed
        return lost(broken([reason, lost(_DataLoss())], self.response))


class _Protocol(_LenientHTTP11ClientProtocol):
    def request(self, request: Any) -> Any:
        answer = super().request(request)
        parser: Any = self._parser
        parser.__class__ = _Parser
        return answer


class LenientFactory(_LenientHTTP11ClientFactory):
    def buildProtocol(self, addr: Any) -> _Protocol:  # noqa: ARG002, N802
        return _Protocol(self._quiescentCallback)  # type: ignore[no-untyped-call]

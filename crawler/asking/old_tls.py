"""TLS with servers that are twenty years behind: any version and cipher the library still has.

What is fetched is public and is proved by its bytes, so a connection that could be overheard loses nothing;
one that could be forged is noted (`certificates`)."""

from typing import Any

from scrapy.core.downloader.contextfactory import _ScrapyClientContextFactory

_LEGACY_SERVER_CONNECT = 0x4
"""OpenSSL's SSL_OP_LEGACY_SERVER_CONNECT: servers without secure renegotiation."""


class OldTls(_ScrapyClientContextFactory):
    """Twisted turns a cipher string into a list and loses `@SECLEVEL=0`, so the context is told itself."""

    def _get_cert_options(self) -> Any:
        options = super()._get_cert_options()
        context = options.getContext()
        context.set_cipher_list(b"ALL:@SECLEVEL=0")
        context.set_options(_LEGACY_SERVER_CONNECT)
        return options

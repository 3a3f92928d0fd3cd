"""Scrapy's settings: polite unless a portal file says otherwise, and open about who asks."""

import os
from importlib.metadata import version

CONTACT = os.environ.get("NIANBAO_CONTACT", "")
"""Where a webmaster can write to: a mail address or a page of whoever crawls."""

USER_AGENT = f"nianbao/{version('nianbao')} (archive of disclosure reports{'; ' if CONTACT else ''}{CONTACT})"

PORTALS = ("crawler/portals", "data/portals")
CAPTURES = "data/captures"
LOCAL = False

BOT_NAME = "nianbao"
SPIDER_LOADER_CLASS = "crawler.loader.PortalLoader"

# One request at a time and the delay are kept by crawler.asking.download for each address, whoever asks, and
# robots.txt by crawler.asking.obey: Scrapy's own know one portal, not a process, and no reasons.
DOWNLOAD_HANDLERS = {"http": "crawler.asking.download.Polite", "https": "crawler.asking.download.Polite"}
TWISTED_DNS_RESOLVER = "crawler.asking.pinned.Pinned"
DOWNLOAD_DELAY = 0
CONCURRENT_REQUESTS = 16
CONCURRENT_REQUESTS_PER_DOMAIN = 1
# Scrapy starts as many tasks for each answer, whether it has items or, as here, none ever.
CONCURRENT_ITEMS = 1

DOWNLOAD_WARNSIZE = 0
# Once: three errors in a row end the asking of a host, and one bad address must not.
RETRY_TIMES = 1
RETRY_HTTP_CODES = (500, 502, 503, 504, 522, 524, 408)

DEFAULT_REQUEST_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Language": "zh-CN,zh;q=0.9",
    "Accept-Encoding": "gzip, deflate",  # what the store can decode with the standard library alone
}

# What Scrapy has besides is not even loaded: half a second of each crawl, and a step of each request.
DOWNLOAD_HANDLERS_BASE: dict[str, str] = {}
DOWNLOADER_MIDDLEWARES_BASE: dict[str, int] = {}
SPIDER_MIDDLEWARES_BASE: dict[str, int] = {}
EXTENSIONS_BASE: dict[str, int] = {}

# Not among them: Offsite, for which Reach guards hosts by name and port; MetaRefresh, as deleted articles
# answer with a page that only sends elsewhere, and a list would be taken for a report.
DOWNLOADER_MIDDLEWARES = {
    "crawler.asking.reach.Reach": 50,
    "crawler.asking.obey.Obey": 100,
    "scrapy.downloadermiddlewares.defaultheaders.DefaultHeadersMiddleware": 400,
    "scrapy.downloadermiddlewares.useragent.UserAgentMiddleware": 500,
    "scrapy.downloadermiddlewares.retry.RetryMiddleware": 550,
    "crawler.asking.crop.Crop": 570,
    "crawler.asking.forward.Forward": 580,
    "crawler.asking.show.Show": 585,  # what a script of a page sends away from, a browser has shown
    "crawler.asking.decode.Decode": 590,
    "scrapy.downloadermiddlewares.redirect.RedirectMiddleware": 600,
    "scrapy.downloadermiddlewares.httpproxy.HttpProxyMiddleware": 750,
    "crawler.asking.judge.Judge": 855,
    "crawler.record.Record": 860,
}

# Not among them: UrlLength, which drops long addresses without a word to the run.
SPIDER_MIDDLEWARES = {
    "scrapy.spidermiddlewares.httperror.HttpErrorMiddleware": 50,
    "scrapy.spidermiddlewares.referer.RefererMiddleware": 700,
    "scrapy.spidermiddlewares.depth.DepthMiddleware": 900,
}

# Scrapy would read the source of each callback of each portal to warn of a mistake that mypy finds.
WARN_ON_GENERATOR_RETURN_VALUE = False
LOG_LEVEL = "INFO"

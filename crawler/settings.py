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
TWISTED_DNS_RESOLVER = "crawler.asking.addresses.Pinned"
ROBOTSTXT_OBEY = False
DOWNLOAD_DELAY = 0
CONCURRENT_REQUESTS = 16
CONCURRENT_REQUESTS_PER_DOMAIN = 1
# Scrapy starts as many tasks for each answer, whether it has items or, as here, none ever.
CONCURRENT_ITEMS = 1
COOKIES_ENABLED = False

DOWNLOAD_WARNSIZE = 0
# Once: three errors in a row end the asking of a host, and one bad address must not.
RETRY_TIMES = 1
RETRY_HTTP_CODES = (500, 502, 503, 504, 522, 524, 408)
# Deleted articles answer with a page that only sends elsewhere: following it would take a list for a report.
METAREFRESH_ENABLED = False
COMPRESSION_ENABLED = False

DEFAULT_REQUEST_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Language": "zh-CN,zh;q=0.9",
    "Accept-Encoding": "gzip, deflate",  # what the store can decode with the standard library alone
}

DOWNLOADER_MIDDLEWARES = {
    # Reach guards hosts by name and port, which Scrapy's own does not.
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
    # No portal has a password, crawler.asking.download keeps the time, and nobody reads these sums.
    "scrapy.downloadermiddlewares.httpauth.HttpAuthMiddleware": None,
    "scrapy.downloadermiddlewares.downloadtimeout.DownloadTimeoutMiddleware": None,
    "scrapy.downloadermiddlewares.stats.DownloaderStats": None,
    "crawler.asking.reach.Reach": 50,
    "crawler.asking.obey.Obey": 100,
    "crawler.asking.crop.Crop": 570,
    "crawler.asking.forward.Forward": 580,
    "crawler.asking.show.Show": 585,  # what a script of a page sends away from, a browser has shown
    "crawler.asking.decode.Decode": 590,
    "crawler.asking.judge.Judge": 855,
    "crawler.record.Record": 860,
}

SPIDER_MIDDLEWARES = {
    # It drops long addresses without a word to the run.
    "scrapy.spidermiddlewares.urllength.UrlLengthMiddleware": None,
    "scrapy.spidermiddlewares.start.StartSpiderMiddleware": None,
}

# Scrapy would read the source of each callback of each portal to warn of a mistake that mypy finds.
WARN_ON_GENERATOR_RETURN_VALUE = False
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False
LOG_LEVEL = "INFO"
LOGSTATS_INTERVAL = 0

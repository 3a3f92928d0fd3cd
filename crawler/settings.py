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

ROBOTSTXT_OBEY = True
CONCURRENT_REQUESTS = 16
CONCURRENT_REQUESTS_PER_DOMAIN = 1
DOWNLOAD_DELAY = 5.0
AUTOTHROTTLE_ENABLED = True
AUTOTHROTTLE_TARGET_CONCURRENCY = 1.0
COOKIES_ENABLED = False

DOWNLOAD_TIMEOUT = 60
DOWNLOAD_MAXSIZE = 64 * 1024 * 1024
DOWNLOAD_WARNSIZE = 0
REDIRECT_MAX_TIMES = 5
RETRY_TIMES = 2
# Deleted articles answer with a page that only sends elsewhere: following it would take a list for a report.
METAREFRESH_ENABLED = False

DEFAULT_REQUEST_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Language": "zh-CN,zh;q=0.9",
    "Accept-Encoding": "gzip, deflate",  # what the store can decode with the standard library alone
}

DOWNLOADER_MIDDLEWARES = {
    # Reach guards hosts by name and port, which Scrapy's own does not.
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
    "crawler.reach.Reach": 50,
    "crawler.record.Record": 860,
}

TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False
LOG_LEVEL = "INFO"
LOGSTATS_INTERVAL = 0

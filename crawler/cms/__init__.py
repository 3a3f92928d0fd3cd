"""One adapter a CMS family: how such a site lists, pages and attaches."""

from crawler.cms.family import Family
from crawler.cms.fujian import Fujian
from crawler.cms.generic import Generic
from crawler.cms.gkmlpt import Gkmlpt
from crawler.cms.hanweb import Hanweb
from crawler.cms.iframe import Iframe
from crawler.cms.jpaas import Jpaas
from crawler.cms.longxun import Longxun
from crawler.cms.shandong import Shandong
from crawler.cms.trs import Trs
from crawler.cms.ucap import Ucap

FAMILIES: dict[str, Family] = {
    "fujian": Fujian(),
    "generic": Generic(),
    "gkmlpt": Gkmlpt(),
    "hanweb": Hanweb(),
    "iframe": Iframe(),
    "jpaas": Jpaas(),
    "longxun": Longxun(),
    "shandong": Shandong(),
    "trs": Trs(),
    "ucap": Ucap(),
}
"""By the word that a portal file says in `cms`."""

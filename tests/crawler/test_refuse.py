from collections.abc import Mapping
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

import pytest

from crawler.refuse import refusal
from samples import render
from samples.elsewhere import SITES
from samples.sites.page import Host, Query
from samples.sites.site import Site

FIXTURES = Path(__file__).parents[1] / "fixtures" / "reports"

REPORT = "<html><body><p>" + "青禾县民政局全年主动公开政府信息。" * 60 + "</p></body></html>"


@pytest.mark.parametrize(
    ("status", "body", "why"),
    [
        (200, "<html><script>document.cookie='__jsl_clearance=1'</script></html>", "challenge"),
        (412, "<html><script>$_ts=window['$_ts']</script></html>", "challenge"),
        (200, "<html><body>安全验证：请滑动滑块</body></html>", "challenge"),
        (200, "<html><title>404</title><body>您访问的页面不存在或已删除！</body></html>", "soft-404"),
        (200, "<html><meta http-equiv='Refresh' content='0;url=../'></html>", "soft-404"),
        (200, "", "soft-404"),
        (200, "<form>用户登录 请登录<input type='password'></form>", "login"),
        (404, REPORT, "status"),
        (503, "<html><body>系统维护</body></html>", "status"),
    ],
)
def test_refusals_are_told_by_content(status: int, body: str, why: str) -> None:
    assert refusal(status, body.encode()) == why
    assert refusal(status, body.encode("gb18030")) == why


@pytest.mark.parametrize(
    "body",
    [
        REPORT.encode(),
        REPORT.replace("公开", "公开404页面不存在请登录安全验证", 1).encode("gb18030"),
        b"%PDF-1.4 \x00 404 Not Found",
        b"<datastore><totalrecord>404</totalrecord><recordset></recordset></datastore>",
        "<html><body><p>索引号 4044100/2024-404 附件下载</p></body></html>".encode(),
        b'{"data":{"total":404,"rows":15,"results":[]}}',
        ("<html><body><p>附件：青禾县2021年年度报告</p></body></html>").encode(),
    ],
)
def test_what_is_none_is_taken(body: bytes) -> None:
    assert refusal(200, body) is None


def test_a_redirect_is_no_refusal() -> None:
    assert refusal(302, b"") is None


def _refused(site: Site, bases: Mapping[Host, str], url: str) -> str | None:
    host: Host = "www" if url.startswith(bases["www"]) else "files"
    parts = urlsplit(url)
    answer = site.answer(Query(unquote(parts.path), dict(parse_qsl(parts.query)), host))
    return refusal(answer.status, answer.body)


CHALLENGES = {
    "jsl": "<script>document.cookie=('__jsl_clearance_s=')+('1')+';Max-age=3600';location.href=location.pathname</script>",  # noqa: E501
    "acw": "<html><script>var arg1='D1A2';function setCookie(n,v){}setCookie('acw_sc__v2',x);document.location.reload()</script>",  # noqa: E501
    "aliyun": "<div class='main'><p>很抱歉，由于您访问的URL有可能对网站造成安全威胁，您的访问被阻断。</p></div>",  # noqa: E501
    "safedog": "<title>网站访问报错</title><p>您的请求带有不合法参数，已被网站管理员设置拦截！</p><a href='http://404.safedog.cn/'>?</a>",
    "yunsuo": "<script>var cookie='yunsuo_session_verify=1'; stringToHex(window.screen)</script>",
    "baota": "<title>宝塔防火墙</title><p>您的请求带有不合法参数，已被网站管理员设置拦截</p>",
    "d": "<title>D盾_拦截提示</title><p>当前访问疑似黑客攻击，已被网站管理员设置为拦截</p>",
    "tencent": "<p>很抱歉，您提交的请求可能对网站造成威胁，请求已被管理员设置的策略阻断</p><p>waf.tencent-cloud.com</p>",  # noqa: E501
    "g01": "<p>网站防火墙：您所提交的请求含有非法字符</p>",
    "f5": "<html><body>The requested URL was rejected. Please consult with your administrator. Your support ID is: 12</body></html>",  # noqa: E501
    "f5-script": "<html><script src='/TSPD/08a?type=9'></script><noscript>Please enable JavaScript</noscript></html>",  # noqa: E501
    "ruishu": "<html><meta content='x'><script>$_ts=window['$_ts'];$_ts.nsd=1;</script></html>",
    "any": "<script>document.cookie='k=1;path=/';window.location.reload();</script>",
}
"""In the shapes that these makes write, shortened."""

TRACE = "".join(f"\n\tat org.apache.catalina.core.Valve{n}.invoke(Valve{n}.java:{n}7)" for n in range(20))
ERRORS = {
    "tomcat": f"<title>HTTP Status 500 – Internal Server Error</title><h1>HTTP Status 500</h1><pre>java.lang.NullPointerException{TRACE}</pre>",  # noqa: E501
    "trace": f"<p>出错了</p><pre>com.example.BusinessException: x{TRACE}</pre>",
    "iis": "<h2>HTTP 错误 500.19 - Internal Server Error</h2><p>无法访问请求的页面</p>",
    "aspnet": "<h1>“/”应用程序中的服务器错误。<hr></h1><p>" + "源错误 堆栈跟踪" * 90 + "</p>",
    "nginx": "<html><head><title>502 Bad Gateway</title></head><center><h1>502 Bad Gateway</h1></center><hr>nginx</html>",  # noqa: E501
    "weblogic": "<h2>Error 500--Internal Server Error</h2><h3>From RFC 2068 Hypertext Transfer Protocol -- HTTP/1.1:</h3>",  # noqa: E501
    "oracle": "<p>java.sql.SQLException: ORA-00942: table or view does not exist</p>",
    "upkeep": "<p>系统维护中，请稍后再试</p>",
}
PARKED = {
    "sale": "<title>example.cn</title><p>该域名正在出售，购买此域名请联系</p>",
    "script": "<script src='https://img.sedoparking.com/x.js'></script>",
    "unregistered": "<p>该网站暂时无法访问，您访问的网站未备案</p>",
    "hosting": "<p>您的虚拟主机已到期，请联系管理员续费</p>",
    "fresh": "<h1>Welcome to nginx!</h1><p>If you see this page</p>",
}
HIJACKED = (
    "<title>青禾县人民政府</title><p>"
    + "新葡京娱乐城 百家乐 时时彩 老虎机 首存送彩金 体育投注 " * 40
    + "</p>"
)
TEMPLATES = {
    "mustache": "<h1>{{title}}</h1><p>发布时间：{{date}} 来源：{{source}} 字号：[大 中 小]</p><div>{{content}}</div>",  # noqa: E501
    "jsp": "<h1>${doc.title}</h1><div>${doc.content}</div><a>打印</a>",
}


@pytest.mark.parametrize("name", sorted(CHALLENGES))
@pytest.mark.parametrize("status", [200, 521])
def test_challenges_of_every_make_are_known(name: str, status: int) -> None:
    assert refusal(status, CHALLENGES[name].encode()) == "challenge"
    assert refusal(status, CHALLENGES[name].encode("gb18030")) == "challenge"


@pytest.mark.parametrize("name", sorted(ERRORS))
def test_errors_are_known_though_their_status_is_sound(name: str) -> None:
    assert refusal(200, ERRORS[name].encode("gb18030")) == "error"


@pytest.mark.parametrize("name", sorted(PARKED))
def test_parked_hosts_are_known(name: str) -> None:
    assert refusal(200, PARKED[name].encode()) == "parked"


def test_hijacked_pages_are_known_and_reports_about_gambling_are_none() -> None:
    assert refusal(200, HIJACKED.encode()) == "hijacked"
    police = "本局依申请公开信息3件。查处六合彩、百家乐、老虎机、时时彩等博彩案件，收缴下注资金。"
    assert refusal(200, f"<p>{police * 20}</p>".encode()) is None


@pytest.mark.parametrize("name", sorted(TEMPLATES))
def test_templates_that_nobody_filled_in_are_empty(name: str) -> None:
    assert refusal(200, TEMPLATES[name].encode()) == "empty"


@pytest.mark.parametrize(
    "body",
    [
        "<h1>{{title}}</h1><div>{{content}}</div><script>$.ajax('/doc.json')</script>",
        "<ul><li>{{row}}</li></ul><script src='/list.js'></script>",
        "<h1>2021年年度报告</h1><p>{{count}}</p><p>本年度未收到申请。</p>",
        "<h1>青禾县档案局2020年年报</h1><p>本年度无依申请公开。</p><script>var m='location';</script>",
        "<p>附件：<a href='a.pdf'>年报</a></p><script>if(/Mobile/.test(navigator.userAgent)){x()}</script>",
        "<p>本单位网站因系统故障于3月停用两日，服务器已更换。全年公开信息5条，未收到申请，未被复议、诉讼。</p>",
        "<p>我乡网站已关停。全年主动公开信息9条。收到申请1件，答复政府信息不存在。服务器维护中断一次。</p>",
        "<ul><li><a href='1.html'>登录验证管理办法</a></li><li><a href='2.html'>出售域名须知</a></li></ul>",
    ],
)
def test_what_will_be_filled_in_or_is_short_is_taken(body: str) -> None:
    assert refusal(200, body.encode()) is None


def test_a_script_that_sends_elsewhere_is_a_page_that_is_gone() -> None:
    gone = "<script>alert('对不起');window.location.href='/index.html';</script>"
    assert refusal(200, gone.encode()) == "soft-404"


def test_every_report_kept_as_a_trap_is_taken() -> None:
    reports = sorted(FIXTURES.glob("*/report.*"))
    assert len(reports) > 50
    assert {path: refusal(200, path.read_bytes()) for path in reports} == dict.fromkeys(reports)


@pytest.mark.parametrize("family", sorted(SITES))
def test_every_column_and_report_of_a_sample_portal_is_taken(
    family: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(render, "file", lambda report, *_: b"%PDF-1.4 " + report.id.encode())
    bases: dict[Host, str] = {"www": "http://127.0.0.1:1", "files": "http://127.0.0.1:2"}
    site = SITES[family](bases)
    urls = [*(column.url for column in site.columns()), *list(site.truth().pages)[:60]]
    said = {url: _refused(site, bases, url) for url in urls}
    assert len(said) > 10
    assert said == dict.fromkeys(said)

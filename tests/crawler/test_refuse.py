import pytest

from crawler.refuse import refusal

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

"""The one-column statistics table of 2014 to 2018: its rows, and figures that add up."""

from random import Random

from samples.county import Body
from samples.figures import Figures, dice

# code, label, unit; a row without a code is a heading and shows —— for its number.
ROWS: tuple[tuple[str, str, str], ...] = (
    ("", "一、主动公开情况", "——"),
    ("disclosed", "（一）主动公开政府信息数（不同渠道和方式公开相同信息计1条）", "条"),
    ("disclosed.normative", "其中：主动公开规范性文件数", "条"),
    ("normative", "制发规范性文件总数", "件"),
    ("", "（二）通过不同渠道和方式公开政府信息的情况", "——"),
    ("channel.gazette", "1.政府公报公开政府信息数", "条"),
    ("channel.website", "2.政府网站公开政府信息数", "条"),
    ("channel.weibo", "3.政务微博公开政府信息数", "条"),
    ("channel.wechat", "4.政务微信公开政府信息数", "条"),
    ("channel.other", "5.其他方式公开政府信息数", "条"),
    ("", "二、回应解读情况", "——"),
    ("responses", "（一）回应公众关注热点或重大舆情数（不同方式回应同一热点或舆情计1次）", "次"),
    ("", "（二）通过不同渠道和方式回应解读的情况", "——"),
    ("responses.press", "1.参加或举办新闻发布会总次数", "次"),
    ("responses.press.head", "其中：主要负责同志参加新闻发布会次数", "次"),
    ("responses.online", "2.政府网站在线访谈次数", "次"),
    ("responses.online.head", "其中：主要负责同志参加政府网站在线访谈次数", "次"),
    ("responses.articles", "3.政策解读稿件发布数", "篇"),
    ("responses.social", "4.微博微信回应事件数", "次"),
    ("responses.other", "5.其他方式回应事件数", "次"),
    ("", "三、依申请公开情况", "——"),
    ("received", "（一）收到申请数", "件"),
    ("received.person", "1.当面申请数", "件"),
    ("received.fax", "2.传真申请数", "件"),
    ("received.online", "3.网络申请数", "件"),
    ("received.letter", "4.信函申请数", "件"),
    ("concluded", "（二）申请办结数", "件"),
    ("concluded.in_time", "1.按时办结数", "件"),
    ("concluded.extended", "2.延期办结数", "件"),
    ("answered", "（三）申请答复数", "件"),
    ("answered.already_public", "1.属于已主动公开范围数", "件"),
    ("answered.granted", "2.同意公开答复数", "件"),
    ("answered.partial", "3.同意部分公开答复数", "件"),
    ("answered.refused", "4.不同意公开答复数", "件"),
    ("answered.refused.secret", "其中：涉及国家秘密", "件"),
    ("answered.refused.trade", "涉及商业秘密", "件"),
    ("answered.refused.privacy", "涉及个人隐私", "件"),
    ("answered.refused.stability", "危及国家安全、公共安全、经济安全和社会稳定", "件"),
    ("answered.refused.not_covered", "不是《条例》所指政府信息", "件"),
    ("answered.refused.other", "法律法规规定的其他情形", "件"),
    ("answered.elsewhere", "5.不属于本行政机关公开数", "件"),
    ("answered.not_existing", "6.申请信息不存在数", "件"),
    ("answered.to_amend", "7.告知作出更改补充数", "件"),
    ("answered.other_way", "8.告知通过其他途径办理数", "件"),
    ("review", "四、行政复议数量", "件"),
    ("review.upheld", "（一）维持具体行政行为数", "件"),
    ("review.corrected", "（二）被依法纠错数", "件"),
    ("review.other", "（三）其他情形数", "件"),
    ("litigation", "五、行政诉讼数量", "件"),
    ("litigation.upheld", "（一）维持具体行政行为或者驳回原告诉讼请求数", "件"),
    ("litigation.corrected", "（二）被依法纠错数", "件"),
    ("litigation.other", "（三）其他情形数", "件"),
    ("complaints", "六、举报投诉数量", "件"),
    ("fees", "七、依申请公开信息收取的费用", "万元"),
    ("", "八、机构建设和保障经费情况", "——"),
    ("offices", "（一）政府信息公开工作专门机构数", "个"),
    ("reading_points", "（二）设置政府信息公开查阅点数", "个"),
    ("staff", "（三）从事政府信息公开工作人员数", "人"),
    ("staff.full_time", "1.专职人员数（不包括政府公报及政府网站工作人员数）", "人"),
    ("staff.part_time", "2.兼职人员数", "人"),
    (
        "budget",
        "（四）政府信息公开专项经费（不包括用于政府公报编辑管理及政府网站建设维护等方面的经费）",
        "万元",
    ),
    ("", "九、政府信息公开会议和培训情况", "——"),
    ("meetings", "（一）召开政府信息公开工作会议或专题会议数", "次"),
    ("trainings", "（二）举办各类培训班数", "次"),
    ("trained", "（三）接受培训人员数", "人次"),
)
RECEIVED = ("received.person", "received.fax", "received.online", "received.letter")
REFUSED = tuple(code for code, _, _ in ROWS if code.startswith("answered.refused."))
ANSWERED = tuple(code for code, _, _ in ROWS if code.startswith("answered.") and code not in REFUSED)
CHANNELS = tuple(code for code, _, _ in ROWS if code.startswith("channel."))


def indicators(body: Body, year: int) -> Figures:
    """`indicators.<code>` → text for every row that has a number."""
    rng = dice(body.id, year, "indicators")
    counts = {code: 0 for code, _, _ in ROWS if code}
    _fill_disclosed(counts, body, rng)
    _fill_requests(counts, body, rng)
    _fill_means(counts, rng)
    return {f"indicators.{code}": str(count) for code, count in counts.items()}


def _fill_disclosed(counts: dict[str, int], body: Body, rng: Random) -> None:
    counts["channel.website"] = rng.randint(40, 150) + body.volume * rng.randint(2, 9)
    counts["channel.wechat"] = rng.choice((0, rng.randint(5, 200)))
    counts["channel.other"] = rng.randint(0, 30)
    if body.kind in ("government", "office"):
        counts["channel.gazette"] = rng.randint(20, 60)
    counts["normative"] = rng.randint(0, 3) if body.kind != "government" else rng.randint(6, 15)
    counts["disclosed.normative"] = counts["normative"]
    counts["disclosed"] = sum(counts[code] for code in CHANNELS)
    counts["responses"] = counts["responses.social"] = rng.randint(0, 6)
    counts["responses.articles"] = rng.randint(0, 12)


def _fill_requests(counts: dict[str, int], body: Body, rng: Random) -> None:
    received = round(body.volume * rng.uniform(0, 1.2))
    for code in rng.choices(RECEIVED, (20, 1, 55, 24), k=received):
        counts[code] += 1
    counts["received"] = counts["concluded"] = counts["answered"] = received
    counts["concluded.extended"] = received // 12
    counts["concluded.in_time"] = received - received // 12
    for code in rng.choices(ANSWERED, (20, 35, 8, 8, 8, 15, 3, 3), k=received):
        counts[code] += 1
    for code in rng.choices(REFUSED, k=counts["answered.refused"]):
        counts[code] += 1
    counts["review"] = counts["review.upheld"] = received // 20
    counts["litigation"] = counts["litigation.upheld"] = received // 40


def _fill_means(counts: dict[str, int], rng: Random) -> None:
    counts["offices"] = rng.choice((0, 1, 1))
    counts["reading_points"] = rng.randint(1, 3)
    counts["staff.full_time"] = rng.randint(0, 2)
    counts["staff.part_time"] = rng.randint(1, 4)
    counts["staff"] = counts["staff.full_time"] + counts["staff.part_time"]
    counts["meetings"] = rng.randint(1, 4)
    counts["trainings"] = rng.randint(0, 3)
    counts["trained"] = counts["trainings"] * rng.randint(8, 40)

"""The made-up county: its name, its bodies and the years they report for. No such place exists."""

from dataclasses import dataclass
from typing import Literal

SEED = 20080501
DIVISION = "990121"
COUNTY = "砚澜县"
CITY = "望岫市"

Kind = Literal["government", "office", "department", "township", "subdistrict"]
Family = Literal["trs", "hanweb"]


@dataclass(frozen=True, slots=True)
class Body:
    """A publisher. `former` is the name it reported under up to and including the year beside it."""

    id: str
    name: str
    kind: Kind
    portal: Family
    division: str
    volume: int
    """Requests it receives in an ordinary year."""
    subjects: tuple[str, ...]
    first_year: int = 2008
    last_year: int = 2025
    former: tuple[str, int] | None = None

    def named(self, year: int) -> str:
        return self.former[0] if self.former and year <= self.former[1] else self.name

    @property
    def office(self) -> bool:
        return self.kind in ("government", "office", "department")


def _department(
    id: str,
    name: str,
    portal: Family,
    volume: int,
    subjects: str,
    years: tuple[int, int] = (2008, 2025),
    former: str | None = None,
) -> Body:
    before = (f"{COUNTY}{former}", 2017) if former else None
    topics = tuple(subjects.split())
    return Body(id, COUNTY + name, "department", portal, DIVISION, volume, topics, *years, before)


def _township(id: str, name: str, portal: Family, volume: int, subjects: str, number: int) -> Body:
    street = name.endswith("街道")
    full = f"{COUNTY}{name}{'办事处' if street else '人民政府'}"
    kind: Kind = "subdistrict" if street else "township"
    code = f"{DIVISION}{number:03d}"
    return Body(id, full, kind, portal, code, volume, tuple(subjects.split()))


def body(id: str) -> Body:
    """The one body of that id; a wrong id is a KeyError."""
    return {body.id: body for body in BODIES}[id]


BODIES = (
    Body(
        "government",
        f"{COUNTY}人民政府",
        "government",
        "trs",
        DIVISION,
        260,
        ("重大行政决策", "财政预决算", "优化营商环境", "稳就业保就业", "生态环境保护"),
    ),
    Body(
        "office",
        f"{COUNTY}人民政府办公室",
        "office",
        "trs",
        DIVISION,
        24,
        ("政策文件", "政府公报", "会议公开", "建议提案办理", "政务热线"),
    ),
    _department("development", "发展和改革局", "trs", 9, "重大项目 价格监测 粮食储备 节能审查"),
    _department("education", "教育局", "trs", 14, "义务教育招生 学生资助 校园安全 教师招聘 校外培训"),
    _department("industry", "科技和工业信息化局", "trs", 3, "科技计划 企业技改 中小企业 工业运行"),
    _department("security", "公安局", "trs", 46, "户籍办理 交通管理 出入境服务 治安防范"),
    _department("civil", "民政局", "trs", 7, "社会救助 养老服务 社会组织 婚姻登记"),
    _department("justice", "司法局", "trs", 4, "行政复议 法律援助 公证服务 人民调解"),
    _department("finance", "财政局", "trs", 8, "预算公开 政府采购 惠民补贴 会计管理"),
    _department("labour", "人力资源和社会保障局", "trs", 12, "就业创业 社会保险 职称评审 劳动维权"),
    _department(
        "land", "自然资源局", "trs", 72, "土地征收 国土空间规划 不动产登记 地质灾害", former="国土资源局"
    ),
    _department("housing", "住房和城乡建设局", "trs", 58, "保障性住房 物业管理 工程质量 老旧小区改造"),
    _department("transport", "交通运输局", "trs", 9, "农村公路 客运服务 道路执法 公交线网"),
    _department("water", "水利局", "trs", 4, "河湖管理 农村供水 防汛抗旱 取水许可"),
    _department(
        "farming",
        "农业农村局",
        "hanweb",
        15,
        "高标准农田 农机补贴 宅基地管理 动物防疫",
        former="农业局",
    ),
    _department("commerce", "商务局", "hanweb", 2, "市场流通 电子商务 招商引资 促进消费"),
    _department("culture", "文化广电和旅游局", "hanweb", 3, "文物保护 文化惠民 旅游市场 应急广播"),
    _department(
        "health",
        "卫生健康局",
        "hanweb",
        11,
        "疾病预防 医疗机构 妇幼健康 职业卫生",
        former="卫生和计划生育局",
    ),
    _department("veterans", "退役军人事务局", "hanweb", 2, "优待抚恤 安置就业 双拥共建", (2019, 2025)),
    _department("emergency", "应急管理局", "hanweb", 5, "安全生产 防灾减灾 事故调查 应急演练", (2019, 2025)),
    _department("audit", "审计局", "hanweb", 1, "审计结果 审计整改 内部审计"),
    _department("market", "市场监督管理局", "hanweb", 18, "食品安全 药品监管 经营主体登记 消费维权"),
    _department("statistics", "统计局", "hanweb", 1, "统计公报 普查调查 统计执法"),
    _department("insurance", "医疗保障局", "hanweb", 4, "参保缴费 医保目录 基金监管", (2019, 2025)),
    _department("urban", "城市管理局", "hanweb", 16, "市容环境 垃圾分类 园林绿化 户外广告"),
    _department("revival", "乡村振兴局", "hanweb", 2, "帮扶资金 产业帮扶 驻村工作", (2021, 2023)),
    _township("qiyun", "栖云镇", "trs", 6, "土地流转 村务公开 人居环境", 100),
    _township("luting", "鹭汀镇", "trs", 4, "水产养殖 河道整治 村务公开", 101),
    _township("shiqing", "石磬镇", "trs", 5, "矿山治理 集镇建设 民生保障", 102),
    _township("baiyan", "白堰镇", "trs", 2, "灌区管护 特色种植 人居环境", 103),
    _township("shuangqiao", "霜桥镇", "trs", 3, "古镇保护 民宿管理 消防安全", 104),
    _township("weitang", "苇塘镇", "hanweb", 2, "湿地保护 渔业安全 惠农补贴", 105),
    _township("qiaohe", "樵河乡", "hanweb", 1, "森林防火 林下经济 危房改造", 200),
    _township("fengbei", "枫陂乡", "hanweb", 1, "茶叶种植 饮水安全 通村公路", 201),
    _township("shuangzhan", "双栈乡", "hanweb", 2, "易地搬迁 防汛避险 村务公开", 202),
    _township("donglu", "东麓乡", "hanweb", 1, "中药材种植 耕地保护 帮扶救助", 203),
    _township("yancheng", "砚城街道", "hanweb", 7, "社区服务 老旧小区 物业矛盾", 1),
    _township("beizhan", "北栈街道", "hanweb", 4, "房屋征收 社区养老 消防通道", 2),
    _township("liudun", "柳墩街道", "hanweb", 3, "安置房分配 便民服务 网格管理", 3),
    _township("nanxie", "南榭街道", "hanweb", 3, "商圈治理 文明创建 就业帮扶", 4),
)

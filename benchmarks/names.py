"""Names of companies and people that look right, the same for the same seed.

python -m benchmarks.names 20 --brands brands.txt
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator
from pathlib import Path

REGIONS = (
    "北京",
    "上海",
    "天津",
    "重庆",
    "广州",
    "深圳",
    "杭州",
    "南京",
    "苏州",
    "成都",
    "武汉",
    "西安",
    "长沙",
    "郑州",
    "青岛",
    "宁波",
    "厦门",
    "济南",
    "合肥",
    "福州",
    "大连",
    "沈阳",
    "无锡",
    "佛山",
    "东莞",
    "昆明",
    "长春",
    "哈尔滨",
    "石家庄",
    "太原",
    "南昌",
    "南宁",
    "贵阳",
    "海口",
    "兰州",
    "温州",
    "常州",
    "珠海",
    "泉州",
    "烟台",
    "徐州",
    "嘉兴",
    "绍兴",
    "台州",
    "金华",
    "惠州",
    "中山",
    "浙江",
    "广东",
    "江苏",
    "山东",
    "河南",
    "四川",
    "湖北",
    "湖南",
)
BRANDS = (
    "华瑞",
    "恒通",
    "宏远",
    "鑫源",
    "天成",
    "博雅",
    "中兴业",
    "众诚",
    "金鼎",
    "瑞丰",
    "安泰",
    "永盛",
    "嘉和",
    "汇丰源",
    "东方",
    "立信",
    "德信",
    "凯达",
    "远航",
    "同创",
    "盛世",
    "万通",
    "新锐",
    "泰和",
    "正元",
    "顺达",
    "龙腾",
    "百川",
    "九鼎",
    "星辰",
    "海纳",
    "云帆",
    "智联",
    "启明",
    "卓越",
    "优品",
    "佳美",
    "福源",
    "利民",
    "祥瑞",
    "明德",
    "思源",
    "长风",
    "锦程",
    "亿达",
    "四方",
    "兴隆",
    "康宁",
    "绿洲",
    "蓝天",
)
TRADES = {
    "科技": 30,
    "贸易": 14,
    "商贸": 10,
    "实业": 6,
    "汽车销售": 5,
    "信息技术": 5,
    "电子": 4,
    "机械": 4,
    "建筑工程": 4,
    "文化传媒": 4,
    "物流": 3,
    "餐饮管理": 3,
    "医疗器械": 2,
    "环保": 2,
    "食品": 2,
    "服饰": 1,
    "农业": 1,
}
FORMS = {"有限公司": 88, "有限责任公司": 6, "股份有限公司": 5, "集团有限公司": 1}
SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红建国志文海燕婷宇浩然子轩欣怡"
PHONE_HEADS = ("199", "166")


def brands_in(path: Path | None) -> tuple[str, ...]:
    """Return the brand words of a file, one a line, or a small list of our own."""
    if path is None:
        return BRANDS
    with path.open(encoding="utf-8") as lines:
        return tuple(word for line in lines if (word := line.strip()))


def company_names(
    count: int, *, brands: tuple[str, ...] = BRANDS, seed: int = 2026
) -> Iterator[str]:
    """Yield company names: region, brand, trade, legal form; few of them twice."""
    dice = random.Random(seed)
    trades, trade_weights = list(TRADES), list(TRADES.values())
    forms, form_weights = list(FORMS), list(FORMS.values())
    for _ in range(count):
        region = dice.choice(REGIONS)
        trade = dice.choices(trades, trade_weights)[0]
        form = dice.choices(forms, form_weights)[0]
        yield f"{region}{dice.choice(brands)}{trade}{form}"


def people(count: int, *, seed: int = 2026) -> Iterator[tuple[str, str]]:
    """Yield names of people, each with an 11-digit mobile number that stands for nobody's."""
    dice = random.Random(seed + 1)
    for _ in range(count):
        name = dice.choice(SURNAMES) + "".join(dice.choices(GIVEN, k=dice.choice((1, 2, 2))))
        yield name, f"{dice.choice(PHONE_HEADS)}{dice.randrange(10**8):08d}"


def main() -> None:
    """Print names."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int)
    parser.add_argument("--brands", type=Path, help="a file with one brand word a line")
    parser.add_argument("--seed", type=int, default=2026)
    chosen = parser.parse_args()
    companies = company_names(chosen.count, brands=brands_in(chosen.brands), seed=chosen.seed)
    for company, (person, phone) in zip(
        companies, people(chosen.count, seed=chosen.seed), strict=True
    ):
        print(company, person, phone, sep="\t")


if __name__ == "__main__":
    main()

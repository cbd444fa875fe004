# SPDX-License-Identifier: MulanPSL-2.0
"""The archive of the example office: the former year filed and in boxes, older items that are due, and who used them.

Invented people, the same every time; all of it in one transaction.
"""

from __future__ import annotations

import random
from collections.abc import Iterable
from datetime import date, timedelta

from township_office.registers.archive.care import ACCESS_LOG, CLIMATE_LOG, LENDING, OUTWARDS, STACK_CHECK, STACK_IN_OUT
from township_office.registers.archive.item import ARCHIVE_ITEM
from township_office.registers.dispatch import DISPATCH
from township_office.registers.receipt import RECEIPT
from township_office.services import records
from township_office.services.archive import boxing, committing, deciding, items, proposal
from township_office.services.office import Office, change
from township_office.services.settings import set_setting
from township_office.store.archive import ArchiveClass
from township_office.store.records import Row

_SEED = 20260702
_SCHEME = {
    "archive.fonds_no": "Z109", "archive.fonds_name": "青山县云水镇人民政府", "archive.box_mm": "20",
    "archive.orgs": "BGS=党政综合办公室,DJ=党建工作办公室,SH=社会事务办公室",
    "archive.retention_approval": "青档发〔2022〕5号，2022年3月1日",
}  # fmt: skip
_OFFICE, _PARTY, _SOCIAL = "党政综合办公室", "党建工作办公室", "社会事务办公室"
_RECEIVED = (
    ("青山县委组织部", "青组通", "关于做好发展党员工作的通知", _PARTY),
    ("青山县委组织部", "青组通", "关于开展基层党组织书记培训班的通知", _PARTY),
    ("青山县委宣传部", "青宣", "关于推进新时代文明实践所建设的实施意见", _PARTY),
    ("青山县纪律检查委员会", "青纪发", "关于加强农村集体“三资”管理专项整治的通知", _OFFICE),
    ("青山县人民政府办公室", "青政办发", "关于印发《青山县森林草原防灭火应急预案》的通知", _OFFICE),
    ("青山县人民政府办公室", "青政办发", "关于调整县人民政府领导同志工作分工的通知", _OFFICE),
    ("青山县人民政府", "青政发", "关于表彰全县安全生产工作先进单位的决定", _OFFICE),
    ("青山县人民政府", "青政函", "关于云水镇国土空间规划的批复", _OFFICE),
    ("青山县应急管理局", "青应急", "关于开展汛期安全生产大检查的通知", _OFFICE),
    ("青山县财政局", "青财", "关于批复云水镇部门决算的通知", _OFFICE),
    ("青山县自然资源局", "青自然资", "关于下发卫片执法疑似图斑的通知", _OFFICE),
    ("青山县信访局", "青信", "关于交办信访事项的通知", _OFFICE),
    ("青山县民政局", "青民", "关于做好低保对象动态核查工作的通知", _SOCIAL),
    ("青山县民政局", "青民", "关于开展困难群众走访慰问的通知", _SOCIAL),
    ("青山县卫生健康局", "青卫", "关于开展爱国卫生月活动的通知", _SOCIAL),
    ("青山县教育体育局", "青教体", "关于做好控辍保学工作的通知", _SOCIAL),
    ("青山县人力资源和社会保障局", "青人社", "关于做好城乡居民养老保险参保工作的通知", _SOCIAL),
    ("青山县医疗保障局", "青医保", "关于开展城乡居民基本医疗保险集中参保缴费工作的通知", _SOCIAL),
    ("石桥村民委员会", "石村", "关于修建便民桥的请示", _OFFICE),
    ("柳湾村民委员会", "柳村", "关于村民委员会换届选举结果的报告", _SOCIAL),
    ("青山县委办公室", "青委办", "关于开展机关作风督查的通知", _OFFICE),
    ("青山县委政法委员会", "青政法", "关于推进网格化社会治理的通知", _OFFICE),
    ("青山县委统一战线工作部", "青统战", "关于做好民族宗教工作的通知", _PARTY),
    ("共青团青山县委员会", "青团", "关于开展青年志愿服务活动的通知", _PARTY),
    ("青山县农业农村局", "青农", "关于做好春耕备耕和粮食播种工作的通知", _OFFICE),
    ("青山县农业农村局", "青农", "关于规范农村宅基地审批管理的通知", _OFFICE),
    ("青山县水务局", "青水", "关于开展农村饮水安全问题排查整改的通知", _OFFICE),
    ("青山县水务局", "青水", "关于落实河长制巡河工作的通知", _OFFICE),
    ("青山县林业局", "青林", "关于加强古树名木保护的通知", _OFFICE),
    ("青山县统计局", "青统", "关于做好第五次全国经济普查数据核实的通知", _OFFICE),
    ("青山县住房和城乡建设局", "青建", "关于开展农村自建房安全隐患排查的通知", _OFFICE),
    ("青山县交通运输局", "青交", "关于做好农村公路养护工作的通知", _OFFICE),
    ("青山县生态环境局", "青环", "关于开展秸秆禁烧专项巡查的通知", _OFFICE),
    ("青山县市场监督管理局", "青市监", "关于开展校园食品安全检查的通知", _SOCIAL),
    ("青山县科学技术局", "青科", "关于组织申报科技计划项目指南的通知", _OFFICE),
    ("青山县商务局", "青商", "关于组团参加农产品博览会的通知", _OFFICE),
    ("青山县退役军人事务局", "青退役", "关于做好春节期间拥军优属工作的通知", _SOCIAL),
    ("青山县残疾人联合会", "青残", "关于开展残疾人基本状况调查的通知", _SOCIAL),
    ("青山县人民武装部", "青武", "关于做好上半年征兵工作的通知", _OFFICE),
    ("青山县档案局", "青档", "关于做好年度归档工作的通知", _OFFICE),
    ("青山县人民代表大会常务委员会办公室", "青人常办", "关于做好人大代表建议办理工作的通知", _OFFICE),
    ("红星镇人民政府", "红政函", "关于商请协助调处边界林地纠纷的函", _OFFICE),
    ("大塘村民委员会", "塘村", "关于上半年集体经济收支情况的报告", _OFFICE),
    ("龙泉村民委员会", "龙村", "关于申请临时救助资金的请示", _SOCIAL),
    ("青松社区居民委员会", "松居", "关于社区环境卫生整治情况的报告", _SOCIAL),
)  # fmt: skip
_SENT = (
    ("党委文件", "通知", "关于李向东等同志任职的通知", _PARTY),
    ("党委文件", "意见", "关于加强基层党组织建设的实施意见", _PARTY),
    ("党委文件", "通知", "关于召开云水镇党员代表大会的通知", _PARTY),
    ("政府文件", "通知", "关于印发《云水镇财务管理办法》的通知", _OFFICE),
    ("政府文件", "报告", "关于年度工作总结和下年度工作计划的报告", _OFFICE),
    ("政府文件", "请示", "关于解决集镇供水管网改造资金的请示", _OFFICE),
    ("政府文件", "通知", "关于印发《云水镇防汛应急预案》的通知", _OFFICE),
    ("党政办文件", "通报", "关于三季度村级财务公开检查情况的通报", _OFFICE),
    ("党政办文件", "通知", "关于国庆节放假安排的通知", _OFFICE),
    ("政府文件", "通知", "关于公布低保对象名册的通知", _SOCIAL),
    ("政府文件", "批复", "关于同意石桥村修建便民桥的批复", _OFFICE),
    ("政府函件", "函", "关于商请协助办理敬老院消防验收的函", _SOCIAL),
    ("党委文件", "决定", "关于表彰优秀共产党员的决定", _PARTY),
    ("党委文件", "通知", "关于印发《云水镇党费收缴管理规定》的通知", _PARTY),
    ("党委文件", "报告", "关于意识形态工作责任制落实情况的报告", _PARTY),
    ("政府文件", "通知", "关于成立云水镇森林防灭火指挥部的通知", _OFFICE),
    ("政府文件", "通知", "关于印发《云水镇农村人居环境整治工作方案》的通知", _OFFICE),
    ("政府文件", "报告", "关于上半年安全生产工作总结的报告", _OFFICE),
    ("党政办文件", "通知", "关于规范公文办理和印章使用的通知", _OFFICE),
    ("党政办文件", "通知", "关于移交上年度档案的通知", _OFFICE),
    ("政府文件", "通知", "关于做好特困人员集中供养工作的通知", _SOCIAL),
    ("政府函件", "函", "关于农村公路建设用地有关问题的复函", _OFFICE),
    ("政府文件", "请示", "关于拨付困难群众救助资金的请示", _SOCIAL),
    ("党委文件", "通知", "关于开展党员年度组织生活会的通知", _PARTY),
)  # fmt: skip
_OLD = (  # twelve years ago, from the old catalogue
    ("永久", "BGS", "关于云水镇集镇总体规划的批复", "青山县人民政府", "青政函〔{year}〕7号", 46),
    ("永久", "BGS", "镇党委会会议记录", "中共青山县云水镇委员会", "", 132),
    ("30年", "BGS", "关于农村饮水安全工程建设的通知", "青山县水务局", "青水〔{year}〕31号", 8),
    ("30年", "SH", "新型农村合作医疗参合名册", "青山县云水镇人民政府", "", 88),
    ("10年", "BGS", "关于加强冬季森林防火工作的通知", "青山县人民政府办公室", "青政办发〔{year}〕52号", 6),
    ("10年", "BGS", "关于报送季度统计报表的通知", "青山县统计局", "青统〔{year}〕12号", 4),
    ("10年", "SH", "关于开展敬老月活动的通知", "青山县民政局", "青民〔{year}〕44号", 5),
)  # fmt: skip
_AGE = 12
_USES = (  # days ago, who, from where, why, how, back after
    (64, "吴桂芳", "石桥村村民", "办理承包地确权", "复制", 0),
    (41, "周立新", "云水镇人民武装部", "编写镇志", "阅览", 0),
    (33, "刘敏", "社会事务办公室", "核对低保档案", LENDING, 6),
    (20, "陈海", "平安法治办公室", "办理信访事项", LENDING, None),
    (4, "郑晓梅", "青山县审计局", "经济责任审计", "摘抄", 0),
)
_DUE_AFTER = 10


def fill(office: Office, today: date, receipts: int, dispatches: int) -> None:
    """Give the office a finished archive: so many papers of the former year filed, and what came of older ones."""
    chance = random.Random(_SEED)
    with change(office):
        for key, value in _SCHEME.items():
            set_setting(office, key, value)
        year = today.year - 1
        _register(office, chance, year, min(receipts, len(_RECEIVED)), min(dispatches, len(_SENT)))
        filed_on = min(today, date(today.year, 3, 20))
        _file(office, chance, year, filed_on)
        _describe_old(office, today.year - _AGE, filed_on)
        classes = items.classes(office)
        for place in classes:
            if (place.year, place.retention) != (year, "10年"):  # left to be tried
                _box(office, place, filed_on)
        _use(office, classes, today)
        _look_after(office, chance, today)


def _register(office: Office, chance: random.Random, year: int, receipts: int, dispatches: int) -> None:
    for place, day in enumerate(_days(chance, year, receipts)):
        sender, code, title, department = _RECEIVED[place]
        draft = {
            "received_on": str(day), "dated_on": str(max(day - timedelta(3), date(year, 1, 1))), "sender": sender,
            "doc_number": f"{code}〔{year}〕{place + 3}号", "title": title, "lead_dept": department,
            "handler": "李向东", "completed_on": str(min(day + timedelta(5), date(year, 12, 31))),
        }  # fmt: skip
        records.register_document(office, RECEIPT, draft, day)
    for place, day in enumerate(_days(chance, year, dispatches)):
        series, genre, title, department = _SENT[place]
        draft = {
            "series": series, "signed_on": str(day), "genre": genre, "title": title, "drafting_dept": department,
            "signer": "何文斌", "drafter": "王春燕", "copy_count": "20", "dispatched_on": str(day),
            "main_recipient": "各村民委员会，镇直各单位",
        }  # fmt: skip
        records.register_document(office, DISPATCH, draft, day)


def _days(chance: random.Random, year: int, count: int) -> list[date]:
    return sorted(date(year, 1, 4) + timedelta(chance.randrange(355)) for _ in range(count))


def _file(office: Office, chance: random.Random, year: int, day: date) -> None:
    """归档: a record book that stands in no register, a reply with what it answers, every page counted."""
    book = {
        "title": f"{year}年镇党委会会议记录", "responsible_body": "中共青山县云水镇委员会", "page_count": "146",
        "dated_on": f"{year}-12-30", "retention_period": "永久", "org_or_subject": "BGS",
    }  # fmt: skip
    deciding.add_unregistered(office, year, book, day)
    plan = proposal.propose_year(office, year)
    asked = [one.key for one in plan.items if one.title.endswith("修建便民桥的请示")]
    answers = [one.key for one in plan.items if one.title.endswith("修建便民桥的批复")]
    if asked and answers:
        deciding.join(office, answers[0], asked[:1])
    for one in proposal.propose_year(office, year).items:
        if one.page_count is None:
            deciding.decide(office, [one.key], {"page_count": str(chance.randrange(2, 19))}, day)
    committing.commit_year(office, year, day)


def _describe_old(office: Office, year: int, day: date) -> None:
    for place, (period, org, title, body, number, pages) in enumerate(_OLD):
        items.add_item(office, {
            "archive_year": str(year), "retention_period": period, "org_or_subject": org, "title": title,
            "responsible_body": body, "doc_number": number.format(year=year), "page_count": str(pages),
            "dated_on": f"{year}-{place + 3:02d}-15", "filed_on": str(day),
        }, day)  # fmt: skip


def _box(office: Office, place: ArchiveClass, day: date) -> None:
    for box in boxing.commit_boxes(office, place.series, place.year, day):
        words = {
            "title": f"本盒共{len(box.items)}件、{box.pages}页，文件齐全完好。", "checked_by": "马国庆",
            "checked_on": str(day), "place": f"1柜{1 if place.retention == '永久' else 2}层",
        }  # fmt: skip
        boxing.correct_box(office, int(str(box.row["id"])), words, day)


def _use(office: Office, classes: Iterable[ArchiveClass], today: date) -> None:
    """查阅利用: one item was lent and is overdue; what left the store is noted there too."""
    shown = _some_items(office, classes)
    for place, (days, reader, unit, purpose, way, back) in enumerate(_USES):
        item, day = shown[place % len(shown)], today - timedelta(days)
        over = day + timedelta(back or 0)  # entered when it was back: nothing is noted ahead
        draft = {
            "used_on": str(day), "reader": reader, "unit": unit, "reference_codes": str(item["number"]),
            "title": str(item["title"]), "purpose": purpose, "way": way, "approver": "马国庆",
            "handled_by": office.clerk, "copied_pages": "2" if way == "复制" else "",
        }  # fmt: skip
        if way == LENDING:
            returned = "" if back is None else str(over)
            draft |= {"due_on": str(day + timedelta(_DUE_AFTER)), "returned_on": returned}
            move = {
                "moved_on": str(day), "direction": OUTWARDS, "reference_codes": str(item["number"]), "item_count": "1",
                "title": f"{unit}借出：{purpose}", "handled_by": office.clerk, "returned_on": returned,
            }  # fmt: skip
            records.register_document(office, STACK_IN_OUT, move, over)
        if back is not None:
            draft |= {"is_intact": "是", "effect": "查到所需材料。"}
        records.register_document(office, ACCESS_LOG, draft, over)


def _some_items(office: Office, classes: Iterable[ArchiveClass]) -> list[Row]:
    firsts = [f"{place.series}-0001" for place in classes]
    return [row for code in firsts if (row := records.by_number(office, ARCHIVE_ITEM, code)) is not None]


def _look_after(office: Office, chance: random.Random, today: date) -> None:
    """The air of the store once a week, and what was found on going round."""
    for week in range(9, -1, -1):
        day, is_damp = today - timedelta(7 * week), week == 4
        records.register_document(office, CLIMATE_LOG, {
            "measured_on": str(day), "measured_at": f"{day} 09:00", "temperature": str(chance.randrange(16, 24)),
            "humidity": "66" if is_damp else str(chance.randrange(46, 60)),
            "title": "开除湿机2小时，降到58%" if is_damp else "", "handled_by": office.clerk,
        }, day)  # fmt: skip
    for days, finding, problem, handling in (
        (75, "灭火器在有效期内，门窗完好", "", ""),
        (15, "防火、防潮、防虫情况良好", "2柜下层樟脑用完", "已补放"),
    ):
        day = today - timedelta(days)
        records.register_document(office, STACK_CHECK, {
            "checked_on": str(day), "title": "防火、防盗、防潮、防虫", "finding": finding, "problem": problem,
            "handling": handling, "handled_on": str(day + timedelta(1)) if problem else "", "checked_by": "马国庆",
        }, day + timedelta(1))  # fmt: skip

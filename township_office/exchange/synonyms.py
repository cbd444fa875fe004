# SPDX-License-Identifier: MulanPSL-2.0
"""What offices call the columns of their own ledgers. Data only; headings.py reads it.

For each field the words in order of certainty: of two columns that want one field, the earlier word gets it, and
the other column goes on to the next field that knows its word. Words are written as heading_key makes them.
"""

from __future__ import annotations

from collections.abc import Mapping

LINE = "original_number"  # a mere line number; the number of the register itself goes by register.number_name
STATUS = "status"
VOID_REASON = "void_reason"
VOIDED_ON = "voided_on"


def _(words: str) -> tuple[str, ...]:
    return tuple(words.split())


def _pairs(words: str) -> Mapping[str, str]:
    return dict(pair.split("=") for pair in words.split())


_TITLE = _(
    "文件标题 标题 公文标题 来文标题 发文标题 文件名称 文件题名 题名 来文名称 公文名称 文件名 "
    "文件题目 来文题目 题目 文题 标题及文号 文件名称及文号 文号及标题 文件标题及文号 文件标题文号 "
    "来文标题及文号 标题文号 文件名称文号 事由 来文事由 文件事由 内容摘要 文件内容 来文内容 主要内容 "
    "内容提要 摘要 文件内容摘要 标题或内容摘要 标题内容 名称 内容 事项 文件 公文 title subject "
    "文件名称标题 信息标题"
)
_LINE = _("序号 序 顺序号 顺序 行号 no num 项次 原编号")
_COPIES = _("份数 件数 文件份数 数量 份")
_URGENCY = _("紧急程度 缓急程度 缓急 急缓 紧急 等级 急件 时效 缓急时限")
_SECRECY = _("密级 机密程度 秘密等级 保密级别 密别 秘级 保密等级 机密等级")
_REMARKS = _("备注 附注 备考 备注说明 说明 注")
_ATTACHMENTS = _("附件数 附件份数 附件件数 附件")
_RECEIVER = _(
    "签收人 签收 收件人 领取人 领件人 签领人 接收人 取件人 签收人签字 签收签字 领取签字 签收栏 签名 "
    "签字 收文人 领用人 接收人签字"
)
_FILED = _("归卷日期 归档日期 归档时间 归卷时间 立卷日期")
_ARCHIVED = _("应归档 是否归档 归档")
_VOLUME = _("归入卷号 卷号 归档卷号 案卷号 归卷号 档号 归档号 盒号")
_STATUS = _("状态 登记状态")
_VOID_REASON = _("作废原因 作废理由")
_VOIDED_ON = _("作废日期 作废时间")

RECEIPT: Mapping[str, tuple[str, ...]] = {
    "number": _(
        "收文编号 收文号 收文登记号 收文顺序号 收文流水号 登记编号 登记号 收文序号 收字号 流水号 编号 "
        "收文字号 总号 原收文编号"
    ),
    LINE: _LINE,
    "received_on": _(
        "收文日期 收文时间 收到日期 收到时间 收件日期 收件时间 到文日期 收文年月日 接收日期 接收时间 "
        "签收日期 签收时间 收发日期 收文 来文日期 来文时间 登记日期 登记时间 日期 时间 年月日 月日 date "
        "received"
    ),
    "sender": _(
        "来文单位 来文机关 发文单位 发文机关 来文机构 来文部门 来件单位 来电单位 来函单位 报送单位 "
        "送文单位 发件单位 发文部门 发文机构 制发机关 制文机关 印发单位 印发机关 发布机构 发布单位 "
        "发布机关 报件单位 来文单位名称 来源单位 文件来源 来文 来源 单位名称 机关 单位 issuer sender "
        "organ agency source department"
    ),
    "doc_number": _(
        "来文字号 来文文号 发文字号 文号 文件字号 文件文号 公文字号 来文号 发文文号 发文号 原文号 "
        "原文字号 来文编号 发文编号 文件编号 文件号 字号 文件代字 docnumber documentnumber docno number "
        "收文字号 编号 文号字号"
    ),
    "title": _TITLE,
    "copy_count": _COPIES + _("收文份数 来文份数"),
    "urgency": _URGENCY,
    "secrecy_level": _SECRECY,
    "due_on": _(
        "办理时限 办结时限 反馈时限 办理期限 限办日期 限办时间 截止日期 截止时间 办复时限 回复时限 "
        "报送时限 上报时限 要求办结日期 要求办结时间 要求完成时间 完成时限 反馈时间 时限 时限要求"
    ),
    "lead_dept": _(
        "承办单位 承办部门 承办科室 承办处室 承办站所 主办单位 主办部门 主办科室 办理单位 办理部门 "
        "责任单位 责任部门 责任科室 牵头单位 牵头部门 承办单位人 承办单位及承办人 签批处室 承办"
    ),
    "handler": _("承办人 经办人 办理人 承办人员 经办人员 主办人 责任人 承办人签字 经办 具体承办人 承办"),
    "receiver": _RECEIVER,
    "remarks": _REMARKS,
    "attachment_count": _ATTACHMENTS,
    "dated_on": _(
        "成文日期 成文时间 发文日期 发文时间 文件日期 印发日期 印发时间 落款日期 原文日期 发布日期 "
        "发布时间 公布日期 来文日期 来文时间 签发日期 pubdate pubdateparsed publishdate publishedon"
    ),
    "channel": _("收文方式 来文方式 收文渠道 来文渠道 来文途径 接收方式 收件方式 送达方式 来源渠道"),
    "category": _("文件类别 来文类别 文件类型 来文类型 收文类别 公文类别 收文类型 类别 category"),
    "handling": _("办理类型 办件类型 阅办类型 办理类别 办文类型"),
    "received_at": _("签收时间 收件时间 接收时间 收文时间"),
    "meeting_at": _("会议时间 开会时间 召开时间"),
    "meeting_place": _("会议地点 开会地点 地点"),
    "attendees": _("参会人员 参会人 参加人员 参会领导 与会人员"),
    "proposed_action": _("拟办意见 拟办 办公室拟办意见 党政办拟办意见 办公室意见 拟办建议"),
    "proposer": _("拟办人 拟办人员"),
    "proposed_on": _("拟办日期 拟办时间"),
    "leader_instruction": _(
        "领导批示 批示意见 领导批示意见 批示 领导签批 签批意见 领导阅批 领导阅示 领导意见 批示内容 "
        "领导批办 签批领导 批办意见 签批"
    ),
    "co_dept": _("协办单位 协办部门 配合单位 会办单位 协办"),
    "is_supervised": _("纳入督办 是否督办 督办"),
    "destination": _(
        "去向 文件去向 分送单位 分送 分发 分发单位 转送单位 转办单位 分办单位 文件流向 发往 送往 传阅范围"
    ),
    "result": _("办理结果 办理情况 承办结果 处理结果 落实情况 办结情况 承办情况 完成情况"),
    "completed_on": _("办结日期 办结时间 办毕日期 办毕时间 完成日期 完成时间 办复日期 办理完成日期"),
    "reply_number": _("复文号 复文字号 回复文号 答复文号 复函号 复文文号"),
    "returned_on": _("退回日期 退回时间 退文日期"),
    "return_reason": _("退回原因 退文原因 退回理由"),
    "is_for_archive": _ARCHIVED,
    "filed_on": _FILED,
    "volume_number": _VOLUME,
    STATUS: _STATUS,
    VOID_REASON: _VOID_REASON,
    VOIDED_ON: _VOIDED_ON,
}

DISPATCH: Mapping[str, tuple[str, ...]] = {
    "doc_number": _(
        "发文字号 发文文号 文号 文件字号 公文字号 文件文号 发文号 发字号 发文编号 文件编号 文件号 字号 "
        "docnumber documentnumber docno number 编号"
    ),
    LINE: _LINE + _("发文序号 发文顺序号 编号 流水号 登记号 登记编号 登记序号"),
    "signed_on": _(
        "签发日期 签发时间 成文日期 成文时间 发文日期 发文时间 文件日期 拟文日期 登记日期 印发日期 "
        "印发时间 日期 时间 年月日 月日 发文 date pubdate pubdateparsed publishdate 发布日期 发出日期 "
        "登记时间"
    ),
    "genre": _("文种 公文种类 文件种类 公文文种 文件类型 文件类别 公文类别 类别"),
    "title": _TITLE,
    "main_recipient": _(
        "主送机关 主送单位 主送 发往机关 发往单位 发送单位 发送机关 发送范围 发文范围 受文单位 收文单位 "
        "接收单位 送达单位 送往单位 分发单位 发放范围 下发范围 印发范围 主送范围 发文对象 报送单位 发至 "
        "发往 送往 分送单位 分送"
    ),
    "copy_count": _COPIES + _("印数 印发份数 印制份数 印刷份数 发文份数 打印份数 发放份数"),
    "urgency": _URGENCY,
    "secrecy_level": _SECRECY,
    "drafter": _("拟稿人 起草人 撰稿人 拟文人 拟稿 起草 承办人 经办人 主办人 拟稿人员"),
    "signer": _("签发人 签发领导 签发 批准人 审签人 审批人 签批人 签批领导"),
    "receiver": _RECEIVER,
    "remarks": _REMARKS,
    "dispatched_on": _(
        "发出日期 发出时间 发送日期 发送时间 寄发日期 下发日期 下发时间 发放日期 分发日期 发文日期 发文时间"
    ),
    "cc_recipient": _("抄送机关 抄送单位 抄送 抄报抄送 抄报 抄送范围"),
    "attachment_count": _ATTACHMENTS,
    "drafting_dept": _(
        "起草部门 拟稿部门 拟稿单位 起草单位 拟稿科室 主办部门 主办单位 主办科室 承办单位 承办部门 "
        "承办科室 发文部门 发文科室 责任部门 发文单位 制发单位 issuer department"
    ),
    "drafted_on": _("拟稿日期 拟稿时间 起草日期 起草时间 拟文日期"),
    "draft_reviewer": _("核稿人 核稿 审稿人"),
    "reviewed_on": _("核稿日期 核稿时间 审稿日期"),
    "cosigners": _("会签 会签人 会签单位 会签部门 会签领导"),
    "reviewer": _("复核人 审核人 复核"),
    "proofreader": _("校对人 校对"),
    "distributor": _("分发人 发放人 发文人 印发人 发件人 经手人"),
    "sealed_on": _("用印日期 用印时间 盖章日期 盖章时间"),
    "printed_on": _("印发日期 印发时间 印制日期 印刷日期 打印日期"),
    "archive_copies": _("存档份数 留存份数 归档份数 存档 存份 留底份数"),
    "openness": _("公开属性 公开方式 公开类型 公开类别 公开情况 是否公开"),
    "is_normative": _("规范性文件 是否规范性文件 是否为规范性文件"),
    "reply_to": _("答复来文 复来文号 对应来文"),
    "is_for_archive": _ARCHIVED,
    "filed_on": _FILED,
    "volume_number": _VOLUME,
    STATUS: _STATUS,
    VOID_REASON: _VOID_REASON,
    VOIDED_ON: _VOIDED_ON,
}

CLEAR_LIST: Mapping[str, tuple[str, ...]] = {
    "doc_number": RECEIPT["doc_number"],
    "title": _TITLE,
    "dated_on": RECEIPT["dated_on"],
    "secrecy_level": _SECRECY + _("密级期限 密级及期限 密级和保密期限 密级及保密期限"),
    "copy_serial": _("份号 文件份号 起止份号 份号起止 份号范围 应清退份号 份数序号 印刷份号 份编号"),
    "copy_count": _COPIES + _("应清退份数 清退份数 应退份数 发放份数 印发份数"),
    LINE: _LINE,
    "remarks": _REMARKS,
}

# 归档文件目录 of both editions of DA/T 22 (2000, 2015) and of the years before.
CATALOGUE: Mapping[str, tuple[str, ...]] = {
    "reference_code": _("档号 归档号 文件档号 档案号 参见号"),
    LINE: _LINE,
    "item_no": _(
        "件号 室编件号 室编号 室编 件号室编 件号室编件号 件号室编号 归档件号 件号馆编 件号馆编件号 馆编件号 馆编号 馆编"
    ),
    "responsible_body": _("责任者 责任人 作者 文件责任者 制发机关 发文机关 发文单位 形成单位 来文单位 来文单位或作者"),
    "doc_number": _("文号 文件编号 发文字号 文件字号 文件文号 字号 来文字号 编号"),
    "title": _("题名 文件题名 案卷题名 文件标题 标题 题目 文件名称 名称"),
    "dated_on": _("日期 文件日期 形成日期 成文日期 文件形成日期 形成时间 成文时间 时间 年月日 签发日期 日期时间"),
    "secrecy_level": _SECRECY,
    "page_count": _("页数 文件页数 总页数 起止页 起止页号 页次起止 张数"),
    "box_no": _("盒号 档案盒号 卷盒号"),
    "remarks": _REMARKS,
    "fonds_no": _("全宗号"),
    "category": _("门类 档案门类 门类代码 档案门类代码 类别号 一级类别"),
    "archive_year": _("年度 归档年度 文件年度 档案年度 年份"),
    "retention_period": _("保管期限 期限 保管期 存期 保管期限代码"),
    "org_or_subject": _("机构问题 机构 机构或问题 问题 机构问题代码 机构代码 归档部门 归档单位 部门 立卷单位"),
    "volume_no": _("案卷号 卷号"),
    "components": _("件内文件 件内组成"),
    "filed_on": _("归档日期 归档时间"),
    "openness": _("公开属性 公开方式 是否公开"),
    "open_review": _("开放标识 开放状态 是否开放 控制标识"),
    "carrier": _("载体形态 载体类型 载体"),
    "people": _("人名 涉及人员"),
    "subject_words": _("主题词 关键词"),
    "place": _("存放位置 存放地点 库位"),
    "extended_to": _("续存期限"),
    "destroyed_on": _("销毁日期"),
    "transferred_on": _("移交日期 进馆日期"),
    "disposal_no": _("清册号"),
    STATUS: _STATUS,
    VOID_REASON: _VOID_REASON,
    VOIDED_ON: _VOIDED_ON,
}

BY_REGISTER: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "receipt": RECEIPT,
    "dispatch": DISPATCH,
    "clear_list": CLEAR_LIST,
    "catalogue": CATALOGUE,
}

# A column that is only in their program's way; the wizard offers to take it in all the same.
LEFT_OUT = frozenset({"url", "link", "链接", "网址", "id"})

# Which of these stand in the headings says which book it is.
RECEIPT_SIGNS = ("收文", "来文", "来件", "来电", "签收日期")
DISPATCH_SIGNS = ("主送", "签发", "拟稿", "抄送", "发往", "用印", "起草", "发文序号")

# Words for the values of closed lists, beside the list itself. "" stands for nothing to note.
CHOICE_WORDS: Mapping[str, Mapping[str, str]] = {
    "secrecy_level": _pairs(
        "普件=普通 一般=普通 平=普通 普=普通 公开=普通 非密=普通 非涉密=普通 不涉密=普通 内部文件=内部 "
        "内部资料=内部 内=内部 无密级= 无密="
    ),
    "urgency": _pairs(
        "普通=平件 一般=平件 平=平件 普件=平件 常规=平件 正常=平件 急=加急 急件=加急 紧急=加急 "
        "加急件=加急 特急件=特急 特=特急 平急件=平急 特提件=特提"
    ),
    "channel": _pairs(
        "机要交换=机要 机要交通=机要 机要件=机要 纸质=纸质交换 文件交换=纸质交换 交换=纸质交换 oa=内网 "
        "办公系统=内网 oa系统=内网 协同办公=内网 政务内网=内网 传真=传真明电 明电=传真明电 电子邮件=邮箱 "
        "邮件=邮箱 电子邮箱=邮箱 电话=电话记录 会议=会议带回"
    ),
    "category": _pairs(
        "上级来文=上级文件 上级=上级文件 平级=平级来函 函件=平级来函 下级=下级请示报告 "
        "请示报告=下级请示报告 会议=会议通知 明传电报=明电 明传=明电 信息简报=简报"
    ),
    "handling": _pairs("阅=阅件 阅知=阅件 传阅=阅件 办=办件 办理=办件 会议通知=会议"),
    "genre": _pairs("会议纪要=纪要 号令=命令 令=命令"),
    "openness": _pairs("公开=主动公开 主动=主动公开 依申请=依申请公开 不公开=不予公开"),
}

YES_WORDS = frozenset({"是", "有", "√", "✓", "✔", "对", "y", "yes", "true", "1"})
NO_WORDS = frozenset({"否", "无", "不是", "×", "✗", "x", "n", "no", "false", "0", "没有"})

DITTO = frozenset(
    {
        *'〃″"”“〞〝＂々',
        "''",
        "’’",
        "‘‘",
        "′′",
        "``",
        "´´",
        "同上",
        "同前",
        "同上行",
        "。。",
        ",,",
        "，，",
        "、、",
        "..",
    }
    | {"〃〃", '""', "””", "““", "”“", "“”"}
)
NOTHING = frozenset(
    {
        "",
        *"无空略—-－–―/／\\＼*",
        "没有",
        "——",
        "———",
        "--",
        "---",
        "//",
        "/ /",
        "n/a",
        "N/A",
        "na",
        "null",
        "none",
        "nil",
    }
)
NO_NUMBER = frozenset({"无文号", "无号", "没有文号", "无字号", "未编号", "无编号", "暂无", "不详"})
VOID_TITLES = frozenset(
    {"作废", "空号", "废号", "此号作废", "已作废", "作废号", "(作废)", "（作废）", "此号空", "本号作废"}
)

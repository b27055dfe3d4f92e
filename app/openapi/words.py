"""What the OpenAPI says of parameters, headers, tags and statuses, each in two languages."""

from typing import Any, Final

ABOUT: Final = """\
Who may decide what, who may enforce, who answers for an enterprise, and by what right.
Everything public can be read without a key, by a script of any site. Answers are JSON whatever
is accepted; refusals are `application/problem+json` (RFC 9457) with a stable `code`, worded in
the language of `Accept-Language`. Lists are paged by `cursor`; `revision` is the entry of the
change feed as of which an answer is true. Additive changes only within v1.

谁能决定什么、谁能执法、谁联系企业、凭什么。公开内容无须密钥，任何网站的脚本都可读取。
一律以 JSON 答复；拒绝时用 `application/problem+json`，`code` 固定不变，文字随 `Accept-Language`。
列表用 `cursor` 翻页；`revision` 是答复所依据的登记号。v1 之内只增不改。"""
LICENCE: Final = {"name": "Apache-2.0", "identifier": "Apache-2.0"}
CONTACT: Final = {"name": "The operator named on /about 见“关于”页的运营单位"}

# name: description, example
PARAMETERS: Final[dict[str, tuple[str, Any]]] = {
    "act": (
        "An act, or all of one kind of subject. 行为，或某类对象的全部行为",
        "credential.suspended",
    ),
    "actor": ("Account that acted. 经办账号", None),
    "after": ("Entries with a greater `seq`. 登记号大于此数的变化", 100),
    "Idempotency-Key": ("The same key and body have one effect. 同一键、同一内容只生效一次", None),
    "If-Match": ("The `ETag` last read; stale is 412. 上次读到的 ETag", '"v1"'),
    "as_of": ("What was so on this day; today when absent. 查某一天的情况，默认今天", "2026-03-31"),
    "before": ("Entries with a smaller `seq`. 登记号小于此数的变化", 100),
    "campaign": ("Code of the exam or self-check. 考试或自查批次", None),
    "category": ("Category; several with commas. 类别，可用逗号列多个", None),
    "certificate_no": (
        "Number of the certificate; several with commas where a list is taken. 证号",
        None,
    ),
    "client_no": ("Number of the app. 应用编号", "C2026-001"),
    "code": ("Official code. 编码", "12"),
    "cursor": ("`next_cursor` of the page before, unchanged. 上一页的 next_cursor，原样传回", None),
    "department": ("Department code; several with commas. 部门编码，可用逗号列多个", ["04", "12"]),
    "division": ("Division code; this city's when absent. 行政区划代码，默认本市", "990181"),
    "enforcement": ("Whether its qualification to enforce was announced. 是否已公告执法主体", True),
    "first_responsible": ("Only units with a first responsible person. 只列有第一责任人的", "true"),
    "found": ("Whether anything was found. 是否查出问题", None),
    "form": ("`ndjson`, or `csv` with the same rows. 格式", "ndjson"),
    "free": ("Whether it costs nothing. 是否不收费", True),
    "include_total": ("Also give `total`. 同时给出总数", True),
    "instant": ("Whether it is done on the spot. 是否即办", True),
    "key": ("Stable key. 稳定的标识", "bodies-confirmed"),
    "key_id": ("The part of a key that names it. 密钥编号", "7kPq2Xw9TzLm"),
    "kind": ("Kind of unit; several with commas. 单位性质，可用逗号列多个", ["gov"]),
    "leader": ("Leader code; several with commas. 市领导编码，可用逗号列多个", None),
    "line": ("Number of a person's line in an order. 名单中一人的编号", None),
    "limit": ("Items on a page. 每页条数", 50),
    "match_kind": ("Whom a row was taken to mean. 一行匹配到了谁", None),
    "message_id": ("`webhook-id` of the message. 消息编号", None),
    "max_days": ("Promised within so many working days. 承诺期限不超过几个工作日", 5),
    "number": ("Number of the record. 编号", None),
    "officer_no": ("Number of the officer. 执法人员编号", None),
    "online_level": ("How far it is done online, 0–3; several with commas. 网办深度", [2, 3]),
    "order_no": ("Number of the order. 决定文号", None),
    "organ": ("Organ; several with commas. 所属班子，可用逗号列多个", ["government"]),
    "pair_no": ("Number of the liaison pair. 对口联系编号", "L2025-057"),
    "paired": ("Whether the leader answers for an enterprise. 是否联系企业", True),
    "position": ("Which of the files, from 1. 第几个文件", 1),
    "outcome": ("Outcome; several with commas. 结果，可用逗号列多个", None),
    "person": ("Whole name, or number, of an officer. 姓名或人员编号", None),
    "profile": ("In whose terms it is told. 用哪种通行标准表述", None),
    "q": (
        "Any part of a name of today or before, the start of a code, pinyin or its initials. "
        "名称（含曾用名）任意连续字、编码前缀、全拼或首字母",
        "许可",
    ),
    "resource": ("Which list. 哪份列表", "departments"),
    "reason": ("Reason code. 原因", None),
    "qualification": ("Qualification; several with commas. 执法资格，可用逗号列多个", None),
    "received_on": ("Day of receipt; today when absent. 收件日期，默认今天", "2026-03-31"),
    "review": (
        "State of the review; several with commas. 审查状态，可用逗号列多个",
        ["confirmed"],
    ),
    "scheme": ("Scheme of the certificate. 证件体系", "national"),
    "seq": ("Number of the entry. 登记号", 1),
    "since": ("From this day on. 自此日起", "2025-11-01"),
    "sort": ("Order; `-` turns it round. 排序，加 `-` 为倒序", None),
    "state": ("State; several with commas where a list is taken. 状态", None),
    "status": ("Status; several with commas. 状态，可用逗号列多个", ["active"]),
    "subject_key": ("Key of one subject. 对象的标识", "12"),
    "subject_kind": (
        "Kind of subject; several with commas. 种类，可用逗号列多个",
        ["department"],
    ),
    "theme": ("Theme, five at most, with commas. 主题，可用逗号列至多五个", ["food"]),
    "type": ("Type; several with commas. 类型，可用逗号列多个", ["administrative_permit"]),
    "undecided": ("Only rows that await a decision. 只列待决定的行", True),
    "until": ("Up to this day, included. 至此日止（含）", "2025-11-30"),
    "updated_since": ("Changed on this day or later. 此日（含）以后有更新的", "2026-01-01"),
    "username": ("Name of an account. 账号", "zhang.san"),
    "uscc": (
        "Unified social credit code; its check comes first. 统一社会信用代码，先验校验位",
        "91990181MAA012372A",
    ),
    "wait": ("Seconds to wait for something new. 等待新变化的秒数", 0),
    "year": ("Year. 年度", 2026),
}
CODES: Final = {"departments": "12", "permits": "9901810200100400", "leaders": "L01"}
ASKED_WITH: Final = {
    "Accept-Language": ("zh-CN (default) or en. 语言，默认 zh-CN", "zh-CN"),
    "X-Request-ID": ("Kept if fit, else given. 请求编号，合格则沿用", "a-1"),
}
IF_CHANGED: Final = (
    "An `ETag` known already; 304 when it still holds. 已有的 ETag",
    '"5a1f0c3e9d7b"',
)
ANSWERED_WITH: Final = {
    "X-Request-ID": "The id of this request. 本次请求编号",
    "RateLimit": "What is left, `r`, and seconds to the next window, `t`. 剩余额度",
    "RateLimit-Policy": "The quota, `q`, in every `w` seconds. 限额",
    "Content-Language": "The language of what is worded. 文字所用语言",
    "Cache-Control": "`no-cache`: keep it, but ask again; `no-store`: do not keep it. 缓存要求",
    "Vary": "What else the answer depends on. 答复还取决于哪些请求头",
}
ETAG: Final = "Strong, from the content. 强校验，随内容而变"
LINK: Final = 'The next page, `rel="next"` (RFC 8288). 下一页地址'
TAGS: Final = {
    "departments": "Units and the officers they publish. 单位和公示的执法人员",
    "permits": "Permits: limits, materials, steps, due dates. 许可和审批事项",
    "power-items": "Who may do what, by which norm. 权力事项",
    "verifications": "Whether an officer may enforce. 核验执法证",
    "leaders": "Municipal leaders and whom they answer for. 市级领导",
    "enterprises": "The public list of key enterprises. 重点企业名单",
    "liaison-pairs": "Which leader answers for which enterprise. 对口联系",
    "statistics": "Published figures that anybody can recount. 可复算的公布数字",
    "changes": "The change feed. 变化记录",
    "exports": "Whole lists, streamed, with a count and a digest. 整份列表下载",
    "credentials": "Credentials for those who keep a mirror; with a key. 执法证同步",
    "webhooks": "Being told of changes, signed and in order; with a key. 变更推送",
    "api-clients": "Third-party apps, who let them in, what they used. 第三方应用",
    "api-keys": "Keys of third-party apps. 接口密钥",
    "usage-alarms": "Who verifies so many that it looks like harvesting. 异常查询告警",
    "status": "How this installation stands. 服务状态",
    "status-list": "The signed state of every credential; experimental. 签名状态列表（试验）",
    "sessions": "Signing in and out. 登录和退出",
    "work": "What waits for me. 等我办理的事项",
    "exam-campaigns": "The yearly exam, from its notice to its results. 年度考试",
    "exam-sessions": "The days of an exam. 考试场次",
    "registrations": "Who is on a roster, and what it came to; never public. 参考人员",
    "suspension-orders": "Orders that suspend, from the preview to their effect. 暂停决定",
    "objections": "Said against a suspension before it is decided. 异议",
    "appeals": "Said against one in effect; a panel decides. 申诉复核",
    "reinstatements": "Letting a suspended person back in. 恢复资格",
    "self-checks": "What units report of themselves. 自查",
    "officers": "An officer's cards, standing and history, for the offices. 执法人员档案",
    "ledger-entries": "The ledger with who acted, and its verification. 登记簿与校验",
    "personal-reads": "Who looked at whose details. 查看个人信息的记录",
    "imports": "Spreadsheets taken in after every row was looked at. 表格导入，逐行核对后入库",
    "jobs": "How far long work has come. 长任务的进度",
    "accounts": "Accounts of staff. 工作人员账号",
    "role-grants": "Roles, granted by two people. 两人授予的角色",
}
STATUSES: Final = {
    400: "The request is ambiguous, or the cursor of another list. 请求有歧义，或游标不符",
    401: "No session and no key, or one that opens nothing. 未登录，或密钥无效",
    403: "The role, factor or scope named is missing. 缺少所列的角色、第二因子或权限",
    404: "There is no such record. 没有此记录",
    409: "The act does not fit the present state. 与当前状态冲突",
    412: "It was changed since it was read. 读取后已被改动",
    413: "The body is too long. 内容过长",
    415: "The body is not JSON. 提交的不是 JSON",
    422: "A field is missing or wrong; `errors` names each. 字段缺失或有误，逐项列明",
    428: "Say with `If-Match` what was read. 须用 If-Match 说明读到的版本",
    429: "Too much was asked; `Retry-After` says when to come back. 超过限额，按 Retry-After 再来",
    500: "The fault is ours. 本系统出错",
    503: "The register cannot be read now; never an old answer. 暂时无法读取，绝不给旧答案",
}

"""What /gopy says: criticism rounds, their steps, opinions to moderate, and what became of each."""

from collections.abc import Collection, Mapping
from datetime import date

from handlers.texts import wording
from storage.criticism import ACCEPTED, CLOSED, DECLINED, EXPLAINED, SET_ASIDE
from storage.models import CriticismRound, Opinion
from storage.plans.sections import Round, StepKind

OPEN_TITLE, WRITE_TITLE, ANSWER_TITLE, STEP_TITLE = "mở đợt góp ý", "góp ý", "trả lời góp ý", "bước của đợt góp ý"
HEADING = "Các đợt góp ý, tự phê bình và phê bình:"
TAKE_OVER = "Nhận chủ trì đợt này"
TAKEN_OVER = "Đồng chí chủ trì đợt này từ bây giờ. Tên người góp ý chỉ mình đồng chí biết; xin giữ kín."
NOTHING = "Hiện không có đợt góp ý nào hỏi đồng chí."
GONE = "Không thấy mục này trong phần của đồng chí, hoặc nó đã xong. Đây là danh sách hiện nay."
NO_KIND = "Đồng chí chưa phụ trách đơn vị nào, hoặc kế hoạch đang chạy ở đó không có đợt góp ý."
OPEN, WRITE, SEE_ALL = "Mở một đợt", "Gửi góp ý", "Các đợt góp ý"
ASK_KIND = "Mở đợt nào, cho đơn vị nào?"
KIND_EXAMPLE = "Đồng chí bấm một nút bên dưới, ví dụ nút đầu tiên."
ASK_WHOM = (
    "Góp ý cho ai? Bấm “Tập thể”, hoặc gõ số của những đồng chí được góp ý (kèm 0 nếu có cả tập thể), ví dụ: 0, 1, 3"
)
WHOM_EXAMPLE = "Đồng chí gõ các số trong danh sách, ví dụ: 0, 1"
COMMITTEE = "Tập thể"
DAY_EXAMPLE = "Ngày ấy chưa đọc được hoặc đã qua. Ví dụ: 15/12"
SAVE, CHANGE = "Lưu", "Sửa"
SURE_EXAMPLE = "Đồng chí bấm Lưu hoặc Sửa, ví dụ: Lưu"
RUNNING = "Đợt này ở đơn vị đang mở, chưa kết thúc; xin đi tiếp đợt ấy trước."
ASK_SUBJECT, ASK_SOURCE, ASK_THEME = "Góp ý cho ai?", "Ý kiến này của nơi nào?", "Về nội dung nào?"
CHOOSE_EXAMPLE = "Đồng chí bấm một nút bên dưới, ví dụ nút đầu tiên."
ASK_WORDS = (
    "Đồng chí viết ý kiến, nói việc cụ thể và mong muốn. Chỉ người đọc duyệt ý kiến biết đồng chí là ai; "
    "người được góp ý và người khác không biết. Ví dụ: Nên xuống chi đoàn nhiều hơn trong mùa khô"
)
ASK_SAID_BY = (
    "Ý kiến này bot ghi giúp người chưa dùng bot. Ai, nơi nào góp ý? Chỉ người đọc duyệt biết. "
    "Ví dụ: Ban Tổ chức Đảng ủy, công văn số 12. Không nêu tên thì bấm nút dưới."
)
SAID_BY_EXAMPLE = "Tên dài 2–200 chữ, ví dụ: Ban Tổ chức Đảng ủy, công văn số 12"
UNNAMED = "Không nêu tên"
ASK_THEIR_WORDS = "Ghi lại ý kiến ấy cho đúng lời. Ví dụ: Nên xuống chi đoàn nhiều hơn trong mùa khô"
WORDS_EXAMPLE = "Ý kiến từ 5 đến 1.500 chữ, ví dụ: Nên xuống chi đoàn nhiều hơn trong mùa khô"
ABOUT_ONESELF = "Góp ý cho chính mình thì xin nói ở cuộc họp; đồng chí chọn người khác, ví dụ nút đầu tiên."
SEND = "Gửi"
SEND_EXAMPLE = "Đồng chí bấm Gửi, hoặc Sửa để viết lại, ví dụ: Gửi"
OTHERS = "Cán bộ của đơn vị và cấp dưới trực tiếp"
WRITTEN = "Đã gửi góp ý. Kết thúc đợt, đồng chí sẽ biết ý kiến của mình được tiếp thu thế nào."
NOTHING_WAITS = "Không còn ý kiến nào chờ đồng chí."
ADMIT, PUT_ASIDE = "Đưa vào đợt", "Để riêng (xúc phạm, bịa đặt)"
ADMITTED = "Đã đưa vào đợt, không kèm tên người góp ý."
ASK_REASON = (
    "Lý do hoặc lời trả lời? Người góp ý sẽ đọc câu này. Ví dụ: Tiếp thu, từ tháng sau mỗi tuần một ngày ở cơ sở"
)
REASON_EXAMPLE = "Lời trả lời từ 3 đến 500 chữ, ví dụ: Tiếp thu, làm từ tháng sau"
DECIDED = "Đã ghi kết quả của ý kiến này."
ASK_STEP = {
    StepKind.COLLECT: "Lấy ý kiến đã xong? Sau bước này không ai gửi thêm được. Bấm Lưu để sang bước tiếp thu.",
    StepKind.ABSORB: "Tập thể tiếp thu thế nào? Viết vài câu hoặc số báo cáo, ví dụ: Báo cáo kiểm điểm số 12-BC/ĐTN",
    StepKind.REVIEW: "Họp xong, đồng chí gửi ảnh biên bản hoặc gõ số, ngày, ví dụ: Biên bản ngày 20/9, đủ 5/5",
    StepKind.REPORT_BACK: "Báo kết quả cho những nơi đã góp ý và kết thúc đợt? Bấm Lưu.",
}
STEP_EXAMPLE = "Đồng chí gõ 3 đến 1.000 chữ (họp kiểm điểm thì gửi ảnh cũng được), ví dụ: Biên bản số 3 ngày 20/9"
LABELS = {
    StepKind.COLLECT: "lấy ý kiến",
    StepKind.ABSORB: "tiếp thu",
    StepKind.REVIEW: "họp kiểm điểm",
    StepKind.REPORT_BACK: "trả lời góp ý",
}
OUTCOMES = {
    ACCEPTED: "tiếp thu",
    EXPLAINED: "giải trình",
    DECLINED: "không tiếp thu",
    SET_ASIDE: "để riêng, không đưa vào đợt",
}


def step_name(step: str) -> str:
    """A step in words."""
    return "đã kết thúc" if step == CLOSED else LABELS[StepKind(step)]


def line(row: CriticismRound, kind: Round, unit: str) -> str:
    """One round in the list."""
    return f"• {kind.title} – {unit}: {step_name(row.step)}"


def whom(row: CriticismRound, names: Collection[str]) -> str:
    """Whom a round is about."""
    return ", ".join([*(["tập thể"] if row.committee else []), *names])


def page(
    row: CriticismRound, kind: Round, unit: str, names: Collection[str], dues: Mapping[str, date], today: date
) -> str:
    """A round: whom it is about, its step, the days of the steps, who steps in without a standing committee."""
    lines = [kind.title, f"Đơn vị: {unit}", f"Góp ý cho: {whom(row, names)}", f"Bước hiện nay: {step_name(row.step)}"]
    for step, last in dues.items():
        late = " (đã quá hạn)" if row.step == step and last < today else ""
        lines.append(f"Hạn {step_name(step)}: {wording.day(last)}{late}")
    if kind.fallback:
        lines.append(f"{kind.fallback}.")
    return "\n".join(lines)


def counts(opinions: Collection[Opinion]) -> str:
    """How many opinions came to what, without a name."""
    parts = [f"{sum(one.outcome == key for one in opinions)} {word}" for key, word in OUTCOMES.items()]
    if waiting := sum(not one.outcome for one in opinions):
        parts.append(f"{waiting} chưa có kết quả")
    return f"{len(opinions)} ý kiến: {', '.join(parts)}."


def said(row: CriticismRound) -> list[str]:
    """What was written down of the steps that are done."""
    found = (("Tiếp thu", row.absorbed), ("Biên bản họp kiểm điểm", row.minutes))
    return [f"{name}: {words}" for name, words in found if words]


def admitted(head: str, opinions: Collection[Opinion]) -> str:
    """Opinions without their authors."""
    return "\n".join([head, *(f"– {one.words}" for one in opinions)])


def ask_dues(missing: Collection[StepKind]) -> str:
    """A day for the steps to which the plan gives none."""
    names = ", ".join(LABELS[step] for step in missing)
    if len(missing) == 1:
        return f"Kế hoạch chưa có hạn còn ở phía trước cho bước {names}. Hạn là ngày nào? Ví dụ: 15/12"
    return (
        f"Kế hoạch chưa có hạn còn ở phía trước cho: {names}. Đồng chí gõ ngày cho từng bước theo thứ tự ấy, "
        f"ví dụ: {_days_example(len(missing))}. Gõ một ngày thì các bước chung hạn."
    )


def days_wanted(count: int) -> str:
    """What to type where several days are wanted."""
    return f"Đồng chí gõ {count} ngày theo thứ tự các bước, bước sau không sớm hơn, ví dụ: {_days_example(count)}"


def _days_example(count: int) -> str:
    return ", ".join(f"{5 * number}/12" for number in range(1, count + 1))


def open_card(kind: Round, unit: str, who: str, dues: Mapping[StepKind, date]) -> str:
    """What is about to be opened."""
    lines = [kind.title, f"Đơn vị: {unit}", f"Góp ý cho: {who}"]
    lines += [f"Hạn {LABELS[step]}: {wording.day(last)}" for step, last in dues.items()]
    lines += [f"{kind.fallback}."] if kind.fallback else []
    return "\n".join([*lines, "", "Đúng chưa ạ?"])


def opened(kind: Round, told: int) -> str:
    """After it is opened."""
    return f"Đã mở: {kind.title}. Bot đã báo {told} đồng chí được hỏi ý kiến."


def notice_opened(kind: Round, unit: str) -> str:
    """Tells whom a round asks."""
    return f"📣 {unit} mở: {kind.title}. Mời đồng chí góp ý; tên người góp ý chỉ người đọc duyệt biết."


def notice_moderate(unit: str) -> str:
    """Tells the superior that an opinion about the owner waits."""
    return f"📥 Có ý kiến góp ý cho người chủ trì đợt ở {unit}, chờ đồng chí đọc."


def card(opinion: Opinion, about: str, author: str, source: str, theme: str) -> str:
    """An opinion as its moderator reads it."""
    lines = [f"Ý kiến số {opinion.id}, cho {about}", f"Nơi góp ý: {source}", f"Người góp ý: {author}"]
    lines += [f"Nội dung: {theme}"] if theme else []
    return "\n".join([*lines, "", opinion.words])


def author(opinion: Opinion, name: str) -> str:
    """Who gave an opinion, and who took it down where that is somebody else."""
    return name if opinion.said_by is None else f"{opinion.said_by or UNNAMED.lower()} ({name} ghi giúp)"


def heard(kind: Round, opinions: Collection[Opinion]) -> str:
    """How many opinions came from each group that the plan names, and what to do for those without a chat."""
    lines = []
    for one in kind.contributors:
        count = sum(opinion.source == one.id for opinion in opinions)
        lines.append(f"• {one.title}: {count or 'chưa có'}{' (ghi giúp)' if one.outside else ''}")
    outside = any(one.outside for one in kind.contributors)
    hint = [f"Nơi “ghi giúp” chưa dùng bot: nhận bằng giấy, rồi bấm {WRITE}."] if outside else []
    return "\n".join(["Ý kiến theo nơi góp:", *lines, *hint])


def still_open(found: Collection[Opinion], names: Mapping[int, str]) -> str:
    """Names what keeps a round from being closed."""
    lines = [f"– số {one.id}, cho {names.get(one.subject_id or 0, 'tập thể')}" for one in found]
    head = "Chưa kết thúc được: các ý kiến sau chưa có kết quả."
    return "\n".join([head, *lines, "Mở /gopyduyet để trả lời; ý kiến về người chủ trì do cấp trên trả lời."])


def sure(about: str, words: str) -> str:
    """An opinion before it is sent: it cannot be changed then."""
    return f"Ý kiến cho {about}:\n“{words}”\n\nGửi rồi thì không sửa được nữa. Gửi chứ ạ?"


def undecided(count: int) -> str:
    """Says before a step that opinions still wait; the last step is refused for it."""
    return f"⚠️ Còn {count} ý kiến chưa có kết quả; trả lời ở /gopyduyet trước khi báo kết quả của đợt."


def stepped(row: CriticismRound) -> str:
    """After a step."""
    return f"Đã ghi. Đợt chuyển sang: {step_name(row.step)}."


def answered(opinion: Opinion, kind: Round, unit: str) -> str:
    """Tells an author what became of their own opinion."""
    of = "của đồng chí" if opinion.said_by is None else f"của {opinion.said_by or 'nơi khác'} mà đồng chí ghi giúp"
    head = f"✉️ {kind.title} – {unit}. Ý kiến {of}: “{opinion.words}”"
    return f"{head}\nKết quả: {OUTCOMES[opinion.outcome]}. {opinion.reason}"


def closed(kind: Round, unit: str, opinions: Collection[Opinion]) -> str:
    """Tells everybody asked, without authors."""
    return f"✅ {kind.title} – {unit} đã kết thúc. {counts(opinions)}"

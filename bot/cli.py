"""The command line: ``doanbot``. Each command's module is imported only when it is the one that runs."""

import argparse
import importlib
import sys
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import NoReturn

ROLES = ("web", "intake", "worker", "delivery", "scheduler")


class _Parser(argparse.ArgumentParser):
    """Tells wrong usage in one line, like every other error."""

    def error(self, message: str) -> NoReturn:
        """Exit with 2."""
        self.exit(2, f"{self.prog}: {message}; see {self.prog} --help\n")


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; its exit code. Errors are one line on stderr that a human can act on."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8")  # type: ignore[union-attr]  # a terminal's stream always can
    args = _parser().parse_args(argv)
    try:
        from bot.settings import Settings

        settings = Settings()
    except ValueError as error:
        return _fail(f"settings: {_first_line(error)}")
    command = importlib.import_module(f"bot.commands.{args.module}")
    try:
        code: int = command.run(args, settings)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        return 1
    except Exception as error:  # the last resort: one line for people, the trace for developers
        if settings.log_level == "DEBUG":
            raise
        from bot.logs import redacted
        from storage.datafile import DataFileError

        if isinstance(error, DataFileError):
            return _fail(str(error))
        return _fail(redacted(f"{type(error).__name__}: {_first_line(error)} (LOG_LEVEL=DEBUG shows where)"))
    return code


def _fail(sentence: str) -> int:
    print(f"doanbot: {sentence}", file=sys.stderr)
    return 1


def _first_line(error: Exception) -> str:
    from pydantic import ValidationError

    if isinstance(error, ValidationError):
        return "; ".join(f"{'.'.join(map(str, e['loc'])).upper()}: {e['msg']}" for e in error.errors())
    return str(error).strip().split("\n", 1)[0]


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="doanbot", description="Chatbot của cán bộ Đoàn: ghi, tính, nhắc, báo cáo.")
    add = _adder(parser)

    demo = add("demo", "thử ngay: một thành phố mẫu trên 127.0.0.1, không cần cài đặt gì")
    demo.add_argument(
        "--data", type=Path, metavar="DIR", help="nơi giữ dữ liệu mẫu (mặc định: thư mục tạm, xóa khi dừng)"
    )
    demo.add_argument("--port", type=int, default=8080)
    demo.add_argument("--now", type=_instant, metavar="ISO", help="giờ của bản thử, ví dụ 2026-11-20T10:00")

    run = add("run", "chạy bot: các kênh, bộ xử lý, bộ gửi, lịch, trang web")
    run.add_argument("--only", type=_roles, metavar="ROLE,…", help=f"chỉ các phần này: {','.join(ROLES)}")
    run.add_argument("--without", type=_roles, metavar="ROLE,…", default=(), help="tất cả trừ các phần này")

    add("migrate", "đưa cơ sở dữ liệu về cấu trúc hiện tại")

    importing = add("import", "nhập danh sách hoặc hoạt động từ Excel/CSV", module="importing")
    importing.add_argument("what", choices=("roster", "activities"))
    importing.add_argument("file", type=Path)
    importing.add_argument("--dry-run", action="store_true", help="chỉ kiểm tra, không lưu")

    invite = add("invite", "tạo mã mời một lần cho một cán bộ")
    invite.add_argument("cadre", metavar="CADRE")
    invite.add_argument("--qr", type=Path, metavar="FILE", help="ghi ảnh QR (.png)")

    erase = add("erase", "xóa dữ liệu của một cán bộ theo yêu cầu của người ấy; số liệu còn lại không kèm tên")
    erase.add_argument("cadre", metavar="CADRE")
    erase.add_argument("--yes", action="store_true", help="xóa thật; không có thì chỉ cho biết sẽ xóa của ai")

    compliance = add("compliance", "tính kết quả của một cán bộ hoặc một đơn vị")
    whom = compliance.add_mutually_exclusive_group(required=True)
    whom.add_argument("--cadre", metavar="CODE")
    whom.add_argument("--unit", metavar="CODE")
    compliance.add_argument("--on", type=_day, required=True, metavar="DATE")
    compliance.add_argument("--json", action="store_true", required=True)

    report = add("report", "xuất báo cáo của một đơn vị ra .xlsx và .png; báo cáo năm có thêm .docx")
    report.add_argument("unit", metavar="UNIT")
    report.add_argument("period", metavar="PERIOD", help="2026-W47, 2026-11, 2026-Q4, 2026-H2 hoặc 2026")
    report.add_argument("--out", type=Path, default=Path(), metavar="DIR")

    reading = add("read", "xem bot hiểu một tin nhắn thế nào")
    reading.add_argument("text", metavar="TEXT")
    reading.add_argument("--now", type=_instant, metavar="ISO", help="lúc nhắn (mặc định: bây giờ)")
    reading.add_argument("--json", action="store_true", required=True)

    tick = add("tick", "làm những việc của lịch tại một thời điểm, một lần")
    tick.add_argument("--at", type=_instant, metavar="ISO")

    plans = add("plans", "kiểm tra kế hoạch và in ra ai phải làm gì, theo điều nào")
    plans.add_argument("file", nargs="?", type=Path, metavar="FILE")
    plans.add_argument("--clauses", action="store_true", help="từng điều khoản được làm thế nào trong bot")

    forms = add("forms", "mẫu in a1, a2: xem trường, lấy ra, thay bằng mẫu của đơn vị")
    forms.add_argument("form", nargs="?", choices=("a1", "a2"))
    what = forms.add_mutually_exclusive_group()
    what.add_argument("--get", type=Path, metavar="FILE", help="ghi mẫu đang dùng ra tệp")
    what.add_argument("--set", type=Path, metavar="FILE", help="thay bằng tệp .docx này, sau khi kiểm tra các trường")
    what.add_argument("--reset", action="store_true", help="trở về mẫu có sẵn")

    add("check", "kiểm tra cấu hình, cơ sở dữ liệu, kênh, đồng hồ, ổ đĩa")

    for name, says in (("backup", "sao lưu khi đang chạy"), ("restore", "khôi phục từ bản sao lưu")):
        copy = add(name, says, module="backup")
        copy.add_argument("file", type=Path)
    return parser


def _adder(parser: argparse.ArgumentParser) -> Callable[..., argparse.ArgumentParser]:
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def add(name: str, says: str, module: str = "") -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=says, description=says)
        command.set_defaults(module=module or name)
        return command

    return add


def _instant(text: str) -> datetime:
    """An ISO instant; without an offset it is local time, given its zone where the zone is known."""
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not an ISO time, e.g. 2026-11-20T10:00") from None


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a date, e.g. 2026-11-20") from None


def _roles(text: str) -> tuple[str, ...]:
    roles = tuple(part.strip() for part in text.split(",") if part.strip())
    unknown = [role for role in roles if role not in ROLES]
    if unknown or not roles:
        raise argparse.ArgumentTypeError(f"unknown part {', '.join(unknown)!r}; choose from {','.join(ROLES)}")
    return roles

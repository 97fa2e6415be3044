"""``doanbot forms``: the office's own templates of the forms a1 and a2, checked field by field when they are loaded."""

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path

from bot.settings import Settings
from handlers.views.forms import template
from handlers.views.forms.fields import FORMS, FormFields
from storage.database import Database
from storage.migrations import current, newest

WRONG_USAGE = 2


def run(args: argparse.Namespace, settings: Settings) -> int:
    """List the forms, or write, put in place or take away the template of one."""
    database = Database(settings.database_url.get_secret_value())
    try:
        if current(database) != newest():
            print("doanbot: the database is not at the present schema; run: doanbot migrate", file=sys.stderr)
            return 1
        if not args.form:
            return _list(database)
        if args.set is not None:
            return _set(database, args.form, args.set)
        if args.reset:
            return _reset(database, args.form)
        if args.get is not None:
            return _get(database, args.form, args.get)
        return _fields(FORMS[args.form])
    except OSError as error:
        print(f"doanbot: {error.filename}: {error.strerror}", file=sys.stderr)
        return 1
    finally:
        database.close()


def _list(database: Database) -> int:
    for form in FORMS.values():
        own = database.read_now(lambda session, form=form: template.own_template(session, form.name))  # type: ignore[misc]  # a default binds the loop's form
        since = f"mẫu của đơn vị từ {own.created_at:%d/%m/%Y}" if own is not None else "mẫu có sẵn"
        print(f"{form.name}  {form.title}: {since}")
    return 0


def _fields(form: FormFields) -> int:
    print(f"{form.name}  {form.title}. Trường dùng trong mẫu (* là trường phải có):")
    for name in form.sample:
        star = "*" if name in form.needed else " "
        inner = form.lists.get(name)
        if inner is None:
            print(f" {star} {{{{ {name} }}}}")
        else:
            marked = ", ".join(f"item.{field}{'*' if field in form.needed else ''}" for field in sorted(inner))
            print(f" {star} {{% for item in {name} %}}: {marked}")
    return 0


def _set(database: Database, name: str, file: Path) -> int:
    content = file.read_bytes()
    try:
        database.write_now(lambda session: template.replace(session, name, content, datetime.now(UTC)))
    except template.TemplateError as error:
        for problem in error.problems:
            print(f"doanbot: {problem}", file=sys.stderr)
        print(f"doanbot: mẫu cũ vẫn được dùng; xem các trường: doanbot forms {name}", file=sys.stderr)
        return WRONG_USAGE
    print(f"{name}: đã thay mẫu bằng {file}")
    return 0


def _reset(database: Database, name: str) -> int:
    changed = database.write_now(lambda session: template.reset(session, name))
    print(f"{name}: {'đã trở về' if changed else 'vẫn là'} mẫu có sẵn")
    return 0


def _get(database: Database, name: str, file: Path) -> int:
    file.write_bytes(database.read_now(lambda session: template.load(session, name)))
    print(file)
    return 0

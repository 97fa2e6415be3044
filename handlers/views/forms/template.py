"""Templates of the forms: the ones that come with the program or the office's own, checked when they are loaded.

A template is a .docx with fields in double braces. What is wrong with it is named at once, field by field: a field
that no form has, a field that the form needs and the template lacks, anything that cannot be filled in.
"""

from collections.abc import Iterator
from datetime import datetime
from hashlib import sha256
from io import BytesIO
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile

from sqlmodel import Session, select

from handlers.views.forms.fields import FOLDER, FORMS, FormFields
from storage.models import StoredFile

if TYPE_CHECKING:
    from docxtpl import DocxTemplate
    from jinja2 import Environment

MIME = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class TemplateError(ValueError):
    """A template that cannot be used; ``problems`` are Vietnamese lines."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems


def load(session: Session, name: str) -> bytes:
    """The template in use for the form ``name``: the office's own, else the one that comes with the program."""
    own = own_template(session, name)
    return own.content if own is not None else (FOLDER / f"{name}.docx").read_bytes()


def own_template(session: Session, name: str) -> StoredFile | None:
    """The office's own template, if there is one."""
    return session.exec(select(StoredFile).where(StoredFile.key == _key(name))).first()


def replace(session: Session, name: str, content: bytes, now: datetime) -> None:
    """Put the office's own template in place. Raises TemplateError naming every problem, and keeps the old one."""
    if problems := check(FORMS[name], content):
        raise TemplateError(problems)
    row = own_template(session, name) or StoredFile(
        key=_key(name), name=f"{name}.docx", mime=MIME, sha256="", content=b"", created_at=now
    )
    row.content, row.sha256, row.created_at = content, sha256(content).hexdigest(), now
    session.add(row)
    session.flush()


def reset(session: Session, name: str) -> bool:
    """Go back to the template that comes with the program; False when it is in use already."""
    own = own_template(session, name)
    if own is not None:
        session.delete(own)
        session.flush()
    return own is not None


def _key(name: str) -> str:
    return f"form-template/{name}"


def check(form: FormFields, content: bytes) -> list[str]:
    """What is wrong with a template, one line a problem; empty when it can be used."""
    from jinja2 import TemplateError as JinjaError

    try:
        page = _open(content)
        source = _source(page)
        problems = list(_field_problems(form, source))
        if not problems:
            render(content, form.sample)
    except (BadZipFile, KeyError, ValueError, OSError):
        return [f"{form.name}: tệp không phải là .docx đọc được"]
    except JinjaError as error:
        return [f"{form.name}: {error}"]
    return problems


def render(content: bytes, context: dict[str, Any]) -> bytes:
    """The form filled in; text is text, whatever it looks like."""
    page = _open(content)
    page.render(context, jinja_env=_environment(), autoescape=True)
    filled = BytesIO()
    page.save(filled)
    return filled.getvalue()


def _open(content: bytes) -> "DocxTemplate":
    from docxtpl import DocxTemplate

    page = DocxTemplate(BytesIO(content))
    page.init_docx()
    return page


def _environment() -> "Environment":
    from jinja2 import StrictUndefined
    from jinja2.sandbox import SandboxedEnvironment

    return SandboxedEnvironment(undefined=StrictUndefined, autoescape=True)


def _source(page: "DocxTemplate") -> str:
    """The text of body, headers and footers as the template language sees it."""
    parts = [page.get_xml()]
    for uri in (page.HEADER_URI, page.FOOTER_URI):
        parts += [page.get_part_xml(part) for _, part in page.get_headers_footers(uri)]
    return "".join(page.patch_xml(part) for part in parts)


def _field_problems(form: FormFields, source: str) -> Iterator[str]:
    from jinja2 import meta, nodes

    tree = _environment().parse(source)
    used = meta.find_undeclared_variables(tree)
    items = {str(node.attr) for node in tree.find_all(nodes.Getattr)}
    known_items = frozenset().union(*form.lists.values())
    for field in sorted(used - set(form.sample)):
        yield f"{form.name}: không có trường “{field}”"
    for field in sorted(items - known_items):
        yield f"{form.name}: các danh sách không có trường “{field}”"
    for field in sorted(form.needed - used - items):
        yield f"{form.name}: thiếu trường “{field}”"

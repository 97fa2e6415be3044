"""One-time codes with which a cadre joins from a chat, and the accounts that come of them."""

import hashlib
import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import CursorResult, func, update
from sqlmodel import Session, col, select

from storage.models import Account, Invite, JoinFailure

VALID_FOR = timedelta(days=7)
FAILURES_ALLOWED = 5
LOCKED_FOR = timedelta(hours=1)
CODE_BYTES = 16

# 16 random bytes in base64url; people paste the whole link as often as the code alone.
CODE = re.compile(r"(?<![A-Za-z0-9_-])[A-Za-z0-9][A-Za-z0-9_-]{21}(?![A-Za-z0-9_-])")


class InviteOutcome(StrEnum):
    """What a code is worth in this chat now."""

    OK = "ok"
    WRONG = "wrong"
    USED = "used"
    EXPIRED = "expired"
    LOCKED = "locked"


@dataclass(frozen=True, slots=True)
class InviteCheck:
    """The outcome, and for OK the cadre the code is for."""

    outcome: InviteOutcome
    cadre_id: int | None = None


def create_invite(session: Session, cadre_id: int, created_by: int | None, now: datetime) -> str:
    """A new code for ``cadre_id``, good once within seven days. The code itself is not kept."""
    code = "-"
    while code[0] in "-_":  # a code that begins so is taken for an option or for italics
        code = secrets.token_urlsafe(CODE_BYTES)
    session.add(
        Invite(
            code_hash=_hash(code),
            cadre_id=cadre_id,
            created_by=created_by,
            created_at=now,
            expires_at=now + VALID_FOR,
        )
    )
    session.flush()
    return code


def code_in(text: str) -> str | None:
    """The code in what a person typed or pasted: the code alone, or a link with it."""
    match = CODE.search(text)
    return match.group() if match else None


def check_code(session: Session, channel: str, chat_id: str, code: str, now: datetime) -> InviteCheck:
    """Whether ``code`` would be accepted in this chat now.

    A wrong code is written down; five within an hour lock the chat. A code that once was right is no
    guess and is not counted.
    """
    if _is_locked(session, channel, chat_id, now):
        return InviteCheck(InviteOutcome.LOCKED)
    invite = session.exec(select(Invite).where(Invite.code_hash == _hash(code_in(code) or code))).first()
    if invite is None:
        session.add(JoinFailure(channel=channel, chat_id=chat_id, at=now))
        session.flush()
        return InviteCheck(InviteOutcome.WRONG)
    if invite.used_at is not None:
        return InviteCheck(InviteOutcome.USED)
    if invite.expires_at <= now:
        return InviteCheck(InviteOutcome.EXPIRED)
    return InviteCheck(InviteOutcome.OK, invite.cadre_id)


def redeem(session: Session, channel: str, chat_id: str, code: str, now: datetime) -> InviteCheck:
    """Use ``code`` up and let this chat speak for its cadre; anything but OK changes nothing else."""
    check = check_code(session, channel, chat_id, code, now)
    if check.cadre_id is None:
        return check
    used = session.execute(
        update(Invite)
        .where(col(Invite.code_hash) == _hash(code_in(code) or code), col(Invite.used_at).is_(None))
        .values(used_at=now)
    )
    if not isinstance(used, CursorResult) or used.rowcount != 1:
        return InviteCheck(InviteOutcome.USED)
    link_account(session, channel, chat_id, check.cadre_id, now)
    return check


def link_account(session: Session, channel: str, chat_id: str, cadre_id: int, now: datetime) -> Account:
    """Let this chat speak for ``cadre_id``, and for nobody else."""
    account = account_of(session, channel, chat_id)
    if account is None:
        account = Account(channel=channel, chat_id=chat_id, cadre_id=cadre_id, joined_at=now, last_used_at=now)
    elif account.cadre_id != cadre_id:
        account.cadre_id, account.joined_at = cadre_id, now
    account.last_used_at, account.unreachable_since = now, None
    session.add(account)
    session.flush()
    return account


def unlink(session: Session, channel: str, chat_id: str) -> bool:
    """Let this chat speak for nobody any more; False when it did not before. What was logged stays."""
    account = account_of(session, channel, chat_id)
    if account is None:
        return False
    session.delete(account)
    session.flush()
    return True


def account_of(session: Session, channel: str, chat_id: str) -> Account | None:
    """Whom this chat speaks for."""
    return session.exec(select(Account).where(Account.channel == channel, Account.chat_id == chat_id)).first()


def accounts_of(session: Session, cadre_id: int) -> list[Account]:
    """The chats of a cadre, the last used first."""
    query = select(Account).where(Account.cadre_id == cadre_id)
    return list(session.exec(query.order_by(col(Account.last_used_at).desc(), col(Account.id).desc())))


def _is_locked(session: Session, channel: str, chat_id: str, now: datetime) -> bool:
    failures = select(func.count()).where(
        JoinFailure.channel == channel, JoinFailure.chat_id == chat_id, JoinFailure.at > now - LOCKED_FOR
    )
    return session.exec(failures).one() >= FAILURES_ALLOWED


def _hash(code: str) -> str:
    return hashlib.sha256(code.strip().encode()).hexdigest()

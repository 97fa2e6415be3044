"""One-time codes for the people of the followed units: /moi."""

from collections.abc import Iterator

from handlers.commands import Audience, Command, Start
from handlers.conversations.unit import label
from handlers.flow import AskAgain, BadInput, Flow, Said, Step, mark_answered
from handlers.messages import Attachment, Choice, Reply, rows
from handlers.telling import tell
from handlers.texts import invites as texts
from handlers.texts.wording import moment
from handlers.turn import Turn
from storage.invites import VALID_FOR, accounts_of, create_invite
from storage.models import AppState
from storage.visible import SeenCadre, closest, find_cadre, has_more_rights, visible_cadres

NOTICE = "invited"
TELEGRAM_USERNAME = "telegram.username"
ZALO_NAME = "zalo.name"


def _matches(turn: Turn, text: str) -> list[SeenCadre]:
    cadre = find_cadre(turn.session, turn.cadre, text, turn.today)
    return [cadre] if cadre is not None else closest(visible_cadres(turn.session, turn.cadre, turn.today), text)


def _ask_who(turn: Turn) -> Reply:
    matches = _matches(turn, asked) if (asked := turn.draft.get("asked", "")) else []
    if matches:
        return _which(matches)
    return Reply(f"{texts.WHO_EXAMPLE}\n\n{texts.WHO}" if asked else texts.WHO)


def _which(matches: list[SeenCadre]) -> Reply:
    return Reply(texts.SEVERAL, rows(*(Choice(label(m.label, 60), f"c:{m.code}") for m in matches), width=1))


def _read_who(turn: Turn, said: Said) -> None:
    turn.draft.pop("asked", None)
    matches = _matches(turn, said.key.removeprefix("c:") or said.text)
    if not matches:
        raise BadInput(texts.WHO_EXAMPLE)
    if len(matches) > 1:
        raise AskAgain(_which(matches))
    turn.draft["cadre"] = matches[0].code


def _finish(turn: Turn) -> list[Reply]:
    cadre = find_cadre(turn.session, turn.cadre, turn.draft["cadre"], turn.today)
    if cadre is None:
        return [Reply(texts.NO_LONGER)]
    if has_more_rights(turn.session, turn.cadre, cadre.id, turn.today):
        return [Reply(texts.MORE_RIGHTS)]
    code = create_invite(turn.session, cadre.id, turn.cadre.cadre_id, turn.now)
    links = list(_links(turn, code))
    until = moment(turn.house.clock.local(turn.now + VALID_FOR))
    joined = bool(accounts_of(turn.session, cadre.id))
    if joined and cadre.id != turn.cadre.cadre_id:
        tell(turn, cadre.id, NOTICE, f"{NOTICE}:{cadre.id}:{turn.now.isoformat()}", texts.warning(turn.cadre.name))
    pictures = (Attachment("qr", texts.QR_NAME, {"link": links[0][1]}, texts.QR_ALT),) if links else ()
    ways = [*links, *_by_hand(turn)]
    text = texts.invitation(cadre.label, code, until, ways, joined=joined)
    return [Reply(text, rows(Choice(texts.ANOTHER, "/moi")), pictures)]


def _links(turn: Turn, code: str) -> Iterator[tuple[str, str]]:
    """Where the code works; Telegram's name for the bot is known once the bot has run."""
    learnt = turn.session.get(AppState, TELEGRAM_USERNAME)
    username = turn.house.telegram_username or (learnt.value if learnt is not None else "")
    if username:
        yield texts.TELEGRAM, f"https://t.me/{username}?start={code}"
    if turn.house.public_url:
        yield texts.WEB, f"{turn.house.public_url}/?code={code}"


def _by_hand(turn: Turn) -> Iterator[tuple[str, str]]:
    """Where the code is typed, since no link can carry it; Zalo's name for the bot is known once the bot has run."""
    learnt = turn.session.get(AppState, ZALO_NAME)
    if learnt is not None and learnt.value:
        yield texts.ZALO, texts.type_it(learnt.value)


FLOW = Flow("invite", texts.TITLE, (Step("who", _ask_who, _read_who),), _finish)


def _invite(turn: Turn, args: str) -> Start:
    """Open the form; with a code or name that only one person has, answer it at once."""
    turn.draft = {}
    matches = _matches(turn, args) if args.strip() else []
    if len(matches) == 1:
        turn.draft["cadre"] = matches[0].code
        mark_answered(turn, "who")
    elif args.strip():
        turn.draft["asked"] = args.strip()
    return Start(FLOW, turn.draft)


FLOWS = (FLOW,)
COMMANDS = (
    Command(
        "moi",
        _invite,
        Audience.FOLLOWER,
        label="Mời cán bộ",
        help="tạo mã mời, liên kết và QR cho một cán bộ",
        words=("moi", "moi can bo", "ma moi"),
    ),
)

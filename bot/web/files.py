"""Pictures in, pictures and files out: only to the browser they belong to."""

import asyncio

from aiohttp import BodyPartReader, web
from sqlmodel import Session, select

from bot.web.lines import file_url, keep_file
from bot.web.page import NOT_READABLE, PAGE, Page, Refused
from bot.web.pictures import MOST_BYTES, NotAPicture, cleaned_picture
from bot.web.sessions import Browser, file_key, find_or_open, owns
from handlers.messages import Made
from storage.models import StoredFile

TOO_LARGE = "Ảnh lớn quá 10 MB. Đồng chí chọn ảnh nhỏ hơn, hoặc chụp lại ở cỡ thường."
NOT_A_PICTURE = "Tệp này không phải ảnh đọc được. Đồng chí gửi ảnh JPG hoặc PNG, ví dụ ảnh chụp màn hình."
NO_SUCH_FILE = "Không tìm thấy tệp này trong cuộc trò chuyện của đồng chí."
PICTURE_NAME = "anh.jpg"
CHUNK = 64 * 1024


async def upload(request: web.Request) -> web.Response:
    """POST a multipart form with one picture; its key, to be said as ``photo`` in a message."""
    page = request.app[PAGE]
    await page.admit(request)
    content = await _received(request)
    try:
        async with page.one_picture:  # a large picture takes 150 MB while it is open
            clean = await asyncio.to_thread(cleaned_picture, content)
    except NotAPicture as error:
        raise Refused(415, NOT_A_PICTURE) from error
    token = page.cookie.read(request)
    browser, key = await page.db.write(lambda session: _keep(session, page, token, clean))
    return page.answer(browser, {"photo": key, "url": file_url(key, PICTURE_NAME)})


async def serve(request: web.Request) -> web.Response:
    """GET a picture, shown, or a file, saved; to its owner only."""
    page, key = request.app[PAGE], request.match_info["key"]
    chat_id = await page.chat_id(request)
    file = await page.db.read(lambda session: _find(session, key)) if owns(chat_id, key) else None
    if file is None:
        raise Refused(404, NO_SUCH_FILE)
    shown = file.mime.startswith("image/")
    response = web.Response(body=file.content, headers={"Content-Type": file.mime})
    response.headers["Cache-Control"] = "private, max-age=31536000, immutable"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Content-Disposition"] = "inline" if shown else _attachment(file.name)
    return response


async def _received(request: web.Request) -> bytes:
    if request.content_type != "multipart/form-data":
        raise Refused(415, NOT_READABLE)
    if (request.content_length or 0) > MOST_BYTES + CHUNK:
        raise Refused(413, TOO_LARGE)
    try:
        part = await (await request.multipart()).next()
        if not isinstance(part, BodyPartReader):
            raise Refused(400, NOT_READABLE)
        received = bytearray()
        while chunk := await part.read_chunk(CHUNK):
            received += chunk
            if len(received) > MOST_BYTES:
                raise Refused(413, TOO_LARGE)
    except ValueError as error:
        raise Refused(400, NOT_READABLE) from error
    return bytes(received)


def _keep(session: Session, page: Page, token: str, content: bytes) -> tuple[Browser, str]:
    now = page.house.clock.now()
    browser = find_or_open(session, token, now)
    key = file_key(browser.chat_id)
    keep_file(session, key, Made(PICTURE_NAME, content), now)
    return browser, key


def _find(session: Session, key: str) -> StoredFile | None:
    return session.exec(select(StoredFile).where(StoredFile.key == key)).first()


def _attachment(name: str) -> str:
    from urllib.parse import quote

    return f"attachment; filename*=UTF-8''{quote(name, safe='')}"

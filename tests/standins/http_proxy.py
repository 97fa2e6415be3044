"""A forward proxy for plain http, on this machine; it can ask for a password."""

import asyncio
import base64
from typing import Self
from urllib.parse import urlsplit


class HttpProxy:
    """`asked` lists the request lines it saw; without the right `user:password` it answers 407."""

    def __init__(self, login: str | None = None) -> None:
        self.asked: list[str] = []
        self.url = ""
        self._answer_to = f"Basic {base64.b64encode(login.encode()).decode()}" if login else None
        self._server: asyncio.Server | None = None

    def url_for(self, login: str) -> str:
        """Its address with `user:password`."""
        return self.url.replace("://", f"://{login}@")

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.url = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._server is not None
        self._server.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        lines = head.decode().split("\r\n")
        headers = dict(line.lower().split(": ", 1) for line in lines[1:] if line)
        self.asked.append(lines[0])
        if self._answer_to and headers.get("proxy-authorization") != self._answer_to.lower():
            writer.write(b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n")
            await writer.drain()
        else:
            body = await reader.readexactly(int(headers.get("content-length", 0)))
            await self._forward(urlsplit(lines[0].split()[1]).netloc, head + body, writer)
        writer.close()
        await writer.wait_closed()

    async def _forward(self, target: str, request: bytes, writer: asyncio.StreamWriter) -> None:
        host, _, port = target.partition(":")
        upstream, to_upstream = await asyncio.open_connection(host, int(port or 80))
        to_upstream.write(request.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n", 1))
        writer.write(await upstream.read())
        await writer.drain()
        to_upstream.close()
        await to_upstream.wait_closed()

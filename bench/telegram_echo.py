"""The barest bot python-telegram-bot allows: it polls and sends each text back, and keeps nothing."""

import argparse
import os
from typing import Any

from telegram import Update
from telegram.ext import ApplicationBuilder, MessageHandler, filters
from telegram.request import BaseRequest, HTTPXRequest

from bot.channels.telegram_http import AiohttpRequest

_PATIENCE = 60.0  # seconds, so that nothing times out under load


async def echo(update: Update, _: Any) -> None:
    """Send the text back."""
    assert update.message is not None
    await update.message.reply_text(update.message.text or "")


def request(client: str) -> BaseRequest:
    """The library's own client (httpx) or the product's (aiohttp), with 256 connections."""
    if client == "aiohttp":
        return AiohttpRequest(connections=256, pool_timeout=_PATIENCE, read_timeout=_PATIENCE)
    return HTTPXRequest(connection_pool_size=256, pool_timeout=_PATIENCE, read_timeout=_PATIENCE)


def main() -> None:
    """Poll until killed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--concurrent", type=int, default=0, help="updates at a time; 0: one after another")
    parser.add_argument("--client", choices=("httpx", "aiohttp"), default="httpx")
    options = parser.parse_args()
    builder = ApplicationBuilder().token(os.environ["TELEGRAM_TOKEN"]).base_url(os.environ["TELEGRAM_API_URL"])
    builder = builder.request(request(options.client)).get_updates_request(request(options.client))
    if options.concurrent:
        builder = builder.concurrent_updates(options.concurrent)
    application = builder.build()
    application.add_handler(MessageHandler(filters.TEXT, echo))
    application.run_polling()


if __name__ == "__main__":
    main()

"""Dialogues are played over all three channels: on SQLite as the web page and as Zalo, on PostgreSQL as Telegram."""

from collections.abc import Iterator

import pytest

from tests import chat

PLAYED = {("sqlite", "web"), ("sqlite", "zalo"), ("postgresql", "telegram")}


@pytest.fixture(autouse=True, params=["web", "telegram", "zalo"])
def channel(request: pytest.FixtureRequest) -> Iterator[str]:
    """The channel of every chat that does not name one."""
    usual, chat.CHANNEL = chat.CHANNEL, request.param
    yield chat.CHANNEL
    chat.CHANNEL = usual


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the other pairs of database and channel, and further channels where no database is used."""
    kept = [item for item in items if _is_played(item)]
    config.hook.pytest_deselected(items=[item for item in items if not _is_played(item)])
    items[:] = kept


def _is_played(item: pytest.Item) -> bool:
    params = item.callspec.params if isinstance(item, pytest.Function) and hasattr(item, "callspec") else {}
    return "channel" not in params or (params.get("db", "sqlite"), params["channel"]) in (
        PLAYED if "db" in params else {("sqlite", "web")}
    )

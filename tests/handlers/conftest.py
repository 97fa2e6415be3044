"""Dialogues are played over all three channels; which database goes with which is in ``tests/conftest.py``."""

from collections.abc import Iterator

import pytest

from tests import chat


@pytest.fixture(autouse=True)
def channel(request: pytest.FixtureRequest) -> Iterator[str]:
    """The channel of every chat that does not name one."""
    usual, chat.CHANNEL = chat.CHANNEL, getattr(request, "param", chat.CHANNEL)
    yield chat.CHANNEL
    chat.CHANNEL = usual

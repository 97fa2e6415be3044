"""Settings: environment variables or ``.env``, as explained in ``.env.example``."""

from typing import Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from storage.clock import DEFAULT_TIMEZONE


class Settings(BaseSettings):
    """Everything that an operator can set. Secrets are never shown in a repr or a log."""

    model_config = SettingsConfigDict(env_file=".env", env_file_encoding="utf-8", extra="ignore", frozen=True)

    database_url: SecretStr = SecretStr("sqlite:///data/doanbot.db")
    telegram_token: SecretStr = SecretStr("")
    telegram_api_url: str = "https://api.telegram.org/bot"
    telegram_file_url: str = "https://api.telegram.org/file/bot"
    telegram_proxy: str = Field(default="", repr=False)
    zalo_token: SecretStr = SecretStr("")
    zalo_api_url: str = "https://bot-api.zaloplatforms.com/bot"
    zalo_monthly_budget: int = Field(default=3000, ge=1)  # what Zalo's basic plan allows, as of 2026-11
    web_host: str = "127.0.0.1"
    web_port: int = Field(default=8080, ge=0, le=65535)
    public_url: str = ""
    webhook_secret: SecretStr = SecretStr("")
    metrics_token: SecretStr = SecretStr("")
    plan: str = "can-tho-2023"
    timezone: str = DEFAULT_TIMEZONE
    keep_former_years: int | None = Field(default=None, ge=1, le=100)
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"

    @field_validator("public_url")
    @classmethod
    def _web_address(cls, value: str) -> str:
        if value and urlsplit(value).scheme not in {"http", "https"}:
            raise ValueError("PUBLIC_URL must begin with https:// (or http:// on a test machine)")
        return value.rstrip("/")

    @field_validator("keep_former_years", mode="before")
    @classmethod
    def _empty_is_unset(cls, value: object) -> object:
        return None if value == "" else value

    @field_validator("log_level", mode="before")
    @classmethod
    def _upper(cls, value: object) -> object:
        return value.upper() if isinstance(value, str) else value

    @property
    def is_secure(self) -> bool:
        """Whether people reach the web page over HTTPS."""
        return self.public_url.startswith("https://")

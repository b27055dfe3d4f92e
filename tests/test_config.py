"""Settings come from the environment, and secrets from files."""

from pathlib import Path

import pytest

from app.config import settings


def test_a_secret_may_be_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "key").write_text("from a file\n")
    monkeypatch.setenv("MINGBAI_SECRET_KEY", "from the environment")
    monkeypatch.setenv("MINGBAI_SECRET_KEY_FILE", str(tmp_path / "key"))
    settings.cache_clear()
    assert settings().secret_key == "from a file"
    settings.cache_clear()


def test_a_file_that_is_not_there_stops_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MINGBAI_SECRET_KEY_FILE", "/nowhere/at-all")
    settings.cache_clear()
    with pytest.raises(FileNotFoundError):
        settings()
    settings.cache_clear()

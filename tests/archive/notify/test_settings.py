from pathlib import Path

import pytest

from archive.notify.settings import Mail, Settings, Webhook, WrongSettings, settings

WHOLE = """
mail:
  host: smtp.example.org
  sender: archive@example.org
  to: [a@example.org]
  user: archive
  password: NIANBAO_MAIL_PASSWORD
webhook:
  url: https://example.org/hook
  token: NIANBAO_WEBHOOK_TOKEN
"""


def test_all_keys(tmp_path: Path) -> None:
    (tmp_path / "notify.yaml").write_text(WHOLE)
    assert settings(tmp_path / "notify.yaml") == Settings(
        Mail(
            "smtp.example.org",
            "archive@example.org",
            ("a@example.org",),
            587,
            "starttls",
            "archive",
            "NIANBAO_MAIL_PASSWORD",
        ),
        Webhook("https://example.org/hook", "NIANBAO_WEBHOOK_TOKEN"),
    )


@pytest.mark.parametrize("text", [None, "", "# nothing yet\n", "mail:\n"])
def test_no_file_and_an_empty_one_are_nothing_to_tell_by(tmp_path: Path, text: str | None) -> None:
    if text is not None:
        (tmp_path / "notify.yaml").write_text(text)
    assert settings(tmp_path / "notify.yaml") == Settings()


@pytest.mark.parametrize(
    ("now", "then", "says"),
    [
        ("mail:", "male:", "unknown key 'male'"),
        ("  host: smtp.example.org\n", "", "missing key 'host' in mail"),
        ("to: [a@example.org]", "to: a@example.org", "mail.to must be a list"),
        ("to: [a@example.org]", "to: []", "mail.to must be a list"),
        ("  user: archive\n", "", "need each other"),
        ("  user: archive\n", "  user: archive\n  security: ssl\n", "mail.security must be one of"),
        ("  user: archive\n", "  user: archive\n  security: none\n", "readable by all"),
        ("  user: archive\n", "  user: archive\n  port: '25'\n", "mail.port must be a number"),
        ("url: https", "url: file", "webhook.url must be an address"),
        ("webhook:", "webhook: [", "cannot be read as YAML"),
    ],
)
def test_what_is_wrong_is_one_line_with_the_file_and_the_key(
    tmp_path: Path, now: str, then: str, says: str
) -> None:
    assert now in WHOLE
    path = tmp_path / "notify.yaml"
    path.write_text(WHOLE.replace(now, then))
    with pytest.raises(WrongSettings, match=says) as caught:
        settings(path)
    assert str(caught.value).startswith(f"{path}: ")
    assert "\n" not in str(caught.value)

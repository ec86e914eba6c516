"""What people write before a secret, in their languages, and what may stand between the two."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

_PASSWORDS = (
    *(
        "password",
        "passwort",
        "passwd",
        "dbpass",
        "userpass",
        "passphrase",
        "passcode",
        "pre-shared-key",
        "psksecret",
    ),
    *("kennwort", "wachtwoord", "mot de passe", "contraseña", "contrasena", "senha", "palavra-passe"),
    *("parola d'ordine", "hasło", "şifre", "lösenord", "passord", "adgangskode", "salasana", "heslo"),
    *("jelszó", "kata sandi", "mật khẩu", "пароль", "κωδικός"),
)
_IN_OTHER_SCRIPTS = (
    *("密码", "密碼", "口令", "パスワード", "비밀번호", "암호", "पासवर्ड", "পাসওয়ার্ড"),
    *("كلمة المرور", "كلمة السر", "الرقم السري", "پاس ورڈ", "رمز عبور", "รหัสผ่าน", "סיסמה"),
)
_SHORT = ("pass", "pw", "pwd", "mdp", "clave", "parola")
"""Other words contain these, so they must begin where a word does."""
_KEYS = ("key", "token", "secret")
_OTHER_KEYS = ("secret_key_base", "SECRET_KEY_BASE", "_pat", "_PAT", "密钥", "密鑰", "令牌", "トークン")


def _forms(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(form for word in words for form in (word, word.capitalize(), word.upper()))


def _either(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(words, reverse=True)))


def any_of(words: Iterable[str]) -> str:
    """Return a pattern for one of some words. Patterns that ignore the case are ten times slower to find."""
    return f"(?:{_either(words)})"


PASSWORD_WORDS = (*_forms(_PASSWORDS), *_IN_OTHER_SCRIPTS)
SHORT_WORDS = _forms(_SHORT)
KEY_WORDS = (*_forms(_KEYS), *_OTHER_KEYS)
WIFI_WORDS = (*_forms(("wifi", "wi-fi", "wlan", "wpa", "psk")), "WiFi", "Wi-Fi")

# a lookbehind before its letter would have every place of a text tried
_SHORT_LABELS = "|".join(
    f"{word[0]}(?<![{'A-Z' if word.istitle() else 'A-Za-z'}]{word[0]}){word[1:]}" for word in SHORT_WORDS
)
PASSWORD = f"(?:{_either(PASSWORD_WORDS)}|{_SHORT_LABELS})"
KEY = any_of(KEY_WORDS)

_LABELS = (*PASSWORD_WORDS, *SHORT_WORDS, *KEY_WORDS, *WIFI_WORDS)


def labels_in(text: str) -> re.Pattern[str] | None:
    """Return a pattern for those labels that a text has: a quick one, as most have one or two or none."""
    there = tuple(word for word in _LABELS if word in text)
    return _pattern(there) if there else None


@cache
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(any_of(words))


_CLOSED = r"(?:s|[_-]value| \d)?[\"'`*_)\]]{0,4}(?:\s?[(\[][^()\[\]\n]{1,30}[)\]])?"
_TYPED = r"(?:\s?:\s?(?:str|[sS]tring)\s?=)"
_SIGN = r"\s{0,3}(?::=|=>|->|::|→|[:=：＝])"
_DASH = r"\s[–—-](?=\s)"
_TAGS = r"(?:\"(?=[\s>]))?(?:\s{0,4}(?:</?[A-Za-z][^<>\n]{0,60}>|(?<=[\w\"])>|(?:value|Value)=)){1,4}"
_CALL = r"[\"']\]?\)?\s?(?:,|\|\||\?\?|or)\s?N?(?=[\"'])|\s?(?:\|\||\?\?)\s?(?=[\"'])"
IS = rf"(?:{_CLOSED}(?:{_TYPED}|{_SIGN}|{_DASH})|{_TAGS}|{_CALL})"
"""A sign, a tag, or the comma of a call: what makes a label of a word."""

_VERB = r"(?:is|was|to|ist|war|lautet|est|es|é|è|является|है)(?: now| jetzt)?\s"
SAYS = rf"(?:{_CLOSED}(?:[ ][^\n.:;=|()]{{1,50}}?)?[ ]{_VERB}|\s?[是는은は]\s?)"
"""The verb of a sentence."""

DEFAULT = r"[\"'] \{[^{}]{0,300}?default\s{0,8}=\s?"
"""What a variable of Terraform begins with."""

NEXT = r"[\"'`*]{0,3}[ ](?:[0-9][ ])?"
"""Nothing at all, as in the commands of a router."""

OPEN = r"[ \t\u00a0\"'`*«„“「]{0,6}"
"""The quotes that open what follows."""

"""Tell a credential from an example of one, as documentation and study notes show it."""

from __future__ import annotations

import base64
import binascii
import json
import re

# AKIAIOSFODNN7EXAMPLE, ghp_xxxxxxxxxxxx, your-token-here, 0123456789abcdef
# and the two keys in the manual of Stripe
_EXAMPLE = re.compile(
    r"example|xmpl|sample|dummy|fake|placeholder|redacted|changeme|your|my[-_]|insert|xxxx|\*\*\*\*|\.\.\.|0000000|1111111|"
    r"1234567|a1b2c3|1a2b3c|abcdef|qwerty|lorem|deadbeef|jbswy3dpehpk3pxp|4ec39hqlyjwdarjtt1zdp7dc|bqokikjovbii2hlwgh4olfq2",
    re.IGNORECASE,
)
_PLACEHOLDERS = frozenset(
    """
    123 1234 12345 123456 1f2d1e2e67df admin auth bar baz changeit changeme credential credentials dbpass
    dbpassword
    example foo guest hidden masked mypass mypassword mysecret mysecretpassword mysql none null p pass
    passphrase passw0rd passwd password password1 password123 pgpass postgres pw pwd redacted root secret
    secretpassword string test testing token user username value xxx your-password your_password yourpassword
    yourstrongpassword
    """.split()  # noqa: SIM905  sixty words one below the other are not easier to read
)
_TEMPLATE = re.compile(r"[$%<{\[(█]|[*.x_-]+$|\.\.\.|…", re.IGNORECASE)
_EXAMPLE_HOST = re.compile(r"(?:[\w-]+\.)*(?:example(?:\.\w+)?|test|invalid)(?![\w.-])", re.IGNORECASE)
# MyP@ssw0rd!, once its digits and signs are letters again; and what may only stand in code and in prose
_MADE_UP = re.compile(
    r"pass|secret|admin|welcome|letmein|hunter|master|monkey|dragon|login|user|test|abc|123"
)
_LETTERS = str.maketrans("0134578@$!", "oieastbasi")
_NO_PASSWORD = re.compile(r"[(){}\[\]<>\\/]|\w\.[A-Za-z]|::|->")
_CHANGES = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Za-z])(?=\d)|(?<=\d)(?=[A-Za-z])|(?=[!?#$%&+@^~])")
_FEWEST_CHANGES = 3
"""Between kinds of signs in a random password; `Base64-encoded` and `Summer2024` have fewer."""
_FEWEST_IN_NUMBER = 5
_HEAD = 100
"""So far a token is searched for words of examples; a long one has such a word by chance."""
_HEX = 32
_HEX_SIGNS = frozenset("0123456789abcdef-")
_LONGEST_WORD = 12
"""What has shorter parts only is a name that somebody made up."""
_SHORTEST_PASSWORD = 3
_FEWEST_SIGNS = 6
"""A token of fewer different signs is a row of dots or the like."""


def secret_of(found: re.Match[str]) -> tuple[int, int]:
    """Return where the secret itself stands in what a rule found."""
    return found.span("secret") if "secret" in found.re.groupindex else found.span()


def is_token(found: re.Match[str]) -> bool:
    """Whether a token is random enough to be one."""
    start, end = secret_of(found)
    secret = found.string[start:end]
    has_letter_and_digit = any(map(str.isdigit, secret)) and any(map(str.isalpha, secret))
    is_long_word = len(secret) > 30 and secret.replace("_", "").isalpha() and not secret.islower()
    is_random = has_letter_and_digit or is_long_word or secret.isupper()
    return is_random and len(set(secret)) >= _FEWEST_SIGNS and not _EXAMPLE.search(secret[:_HEAD])


def is_value(found: re.Match[str]) -> bool:
    """Whether the value of a variable is so random that no person made it up."""
    secret = found["secret"]
    is_mixed = all(any(map(kind, secret)) for kind in (str.isupper, str.islower, str.isdigit))
    is_small = len(_CHANGES.findall(secret)) >= _FEWEST_IN_NUMBER
    is_number = is_small or (len(secret) >= _HEX and not set(secret) - _HEX_SIGNS)
    words = re.split(r"[_-]", secret)
    return (is_mixed or is_number) and is_token(found) and max(map(len, words)) >= _LONGEST_WORD


def is_password(found: re.Match[str]) -> bool:
    """Whether a password is none of those that examples use."""
    secret = found["secret"].casefold()
    user = (found.groupdict().get("user") or "").casefold()
    behind = found.string[found.end() : found.end() + 100]
    is_call = secret.endswith("(")
    is_example = secret in _PLACEHOLDERS or _TEMPLATE.match(secret) or _EXAMPLE.search(secret)
    is_secret = len(secret) >= _SHORTEST_PASSWORD and not is_call and not is_example
    return is_secret and secret != user and not _EXAMPLE_HOST.match(behind)


def is_mixed_password(found: re.Match[str]) -> bool:
    """Whether a password has letters and digits, and is none that somebody made up for an example."""
    secret = found["secret"]
    is_mixed = any(map(str.isalpha, secret)) and any(map(str.isdigit, secret))
    return is_mixed and is_password(found) and not _NO_PASSWORD.search(secret) and not _is_made_up(secret)


def is_strong_password(found: re.Match[str]) -> bool:
    """Whether a password is random enough to stand behind a mere `password:`, as examples do all the time."""
    is_random = len(_CHANGES.findall(found["secret"])) >= _FEWEST_CHANGES
    return is_random and is_mixed_password(found)


def _is_made_up(secret: str) -> bool:
    """Whether a password is a word of examples, as it is or in Base64 as in manifests of Kubernetes."""
    texts = (secret.casefold(), secret.casefold().translate(_LETTERS), _decoded(secret).casefold())
    return any(text in _PLACEHOLDERS or _MADE_UP.search(text) for text in texts)


def always(_found: re.Match[str]) -> bool:
    """Whether a key is one: the pattern asks for its body, which no text that only mentions a key has."""
    return True


def is_private_key(found: re.Match[str]) -> bool:
    """Whether the body of a key does not begin as in a manual, with `EXAMPLE` or cut short with dots."""
    start = found.start("secret")
    return not _EXAMPLE.search(found.string[start : start + _HEAD])


def is_discord_token(found: re.Match[str]) -> bool:
    """Whether the first part is the number of an account, as in a real one."""
    number = _decoded(found[0].partition(".")[0])
    return number.isdigit() and is_token(found)


def is_web_token(found: re.Match[str]) -> bool:
    """Whether it can be decoded and is signed; the one that every text about them shows is none."""
    head, claims, signature = found[0].split(".")
    try:
        json.loads(_part(head).decode())
        read = json.loads(_part(claims).decode())
        _part(signature)
    except (ValueError, RecursionError):
        return False
    return not (isinstance(read, dict) and read.get("sub") == "1234567890")


def _part(part: str) -> bytes:
    """Decode a part of a web token, which is written without its padding."""
    missing = len(part) % 4
    if missing == 1:
        raise ValueError("has a sign too many")
    return base64.urlsafe_b64decode(part + "=" * missing)


def is_basic_login(found: re.Match[str]) -> bool:
    """Whether it decodes to a name and a password."""
    user, colon, password = _decoded(found["secret"]).partition(":")
    is_example = password.casefold() in _PLACEHOLDERS or _EXAMPLE.search(password)
    return bool(colon and password.isprintable() and password and not is_example) and password != user


def _decoded(part: str) -> str:
    try:
        return base64.urlsafe_b64decode(
            part.replace("+", "-").replace("/", "_") + "=" * (-len(part) % 4)
        ).decode()
    except (binascii.Error, UnicodeDecodeError):
        return ""

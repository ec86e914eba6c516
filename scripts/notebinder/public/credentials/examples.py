"""Tell a credential from an example of one, as documentation and study notes show it."""

from __future__ import annotations

import base64
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
    123 1234 12345 123456 1f2d1e2e67df 39528$vdg7jb s!b\\*d$zdsb= s!b*d$zdsb= mynewpass4! admin auth bar baz
    changeit changeme credential credentials dbpass
    dbpassword
    example foo guest hidden masked mypass mypassword mysecret mysecretpassword mysql none null p pass
    passphrase passw0rd passwd password password1 password123 pgpass postgres pw pwd redacted root secret
    secretpassword string test testing token user username value xxx your-password your_password yourpassword
    yourstrongpassword
    """.split()  # noqa: SIM905  sixty words one below the other are not easier to read
)
_TEMPLATE = re.compile(r"[$%<{\[(•]|[*.x_-]+$|\.\.\.|…", re.IGNORECASE)
_EXAMPLE_HOST = re.compile(r"(?:[\w-]+\.)*(?:example(?:\.\w+)?|test|invalid)(?![\w.-])", re.IGNORECASE)
# MyP@ssw0rd!, once its digits and signs are letters again; and what may only stand in code and in prose
_MADE_UP = re.compile(
    r"pass|secret|admin|login|user|test|abc|123|foobar|secur|strong|qwer|1qaz|1q2w|trustno|iloveyou|neo4j|"
    r"^(?:cisco|dragon|hunter|kali|letmein|master|monkey|private|public|raspberry|summer|toor|vagrant|welcome|"
    r"winter|spring|autumn)[\W\d_]*(?:is)?$"
)
_LETTERS = str.maketrans("0134578@$!", "oieastbasi")
_WORD = re.compile(r"[A-Za-z]?[a-z_-]+")
_AT_HOME = re.compile(r"@?(?:localhost|127\.|\[::1|[a-z]{1,12}(?=[:/\s]))")
"""The host of an address that leads nowhere but to the machine itself or into its network."""
_DIGEST = re.compile(r"[0-9a-fA-F]{32}(?:[0-9a-fA-F]{8}|[0-9a-fA-F]{32}|[0-9a-fA-F]{96})?")
_IS_PUBLIC = re.compile(r"pk_(?:live|test)_|pk\.|phc_|sb_publishable_|sha\d{3}-|SHA256:|ssh-|AAAAB3Nza|MIIB")
_ADDRESS = re.compile(r"0x[0-9a-fA-F]{40}")
_NO_PASSWORD = re.compile(r"[(){}\[\]<>\\/]|\w\.[A-Za-z]|::|->")
_CHANGES = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Za-z])(?=\d)|(?<=\d)(?=[A-Za-z])|(?=[!?#$%&+@^~])")
# Cobalt!Heron5, as people make them, and PBKDF2WithHmacSHA256, which is a word
_SIGN_WITHIN = re.compile(r"(?<=\w)[!#$%&*^~§](?=\w)|(?<=[A-Za-z])_(?=.{3})")
_TECHNICAL = re.compile(
    r"SHA-?\d|MD5|AES|RSA|HMAC|UTF|PBKDF|[Bb]ase\d\d|crypt|argon|OAuth|IPv\d|FIDO|Win\d\d|[xX]\.?509|=\w|"
    r"%[0-9A-F]{2}|^[#@]",
    re.IGNORECASE,
)
_FEWEST_OF_EACH = 3
_FEWEST_CHANGES = 3
"""Between kinds of signs in a random password; `Base64-encoded` and `Summer2024` have fewer."""
_FEWEST_IN_NUMBER = 5
_HEAD = 100
"""So far a token is searched for words of examples; a long one has such a word by chance."""
_HEX = 32
_HEX_SIGNS = frozenset("0123456789abcdef-")
_LONGEST_WORD = 12
"""What has shorter parts only is a name that somebody made up."""
_TEST_WALLETS = frozenset(
    (
        *("legal winner", "letter advice", "ozone drill", "gravity machine", "scheme spot", "horn tenant"),
        *("panda eyebrow", "cat swing", "light rule", "all hour", "vessel ladder", "void come", "myth like"),
        "candy maple",
    )
)
"""How the distinct ones of the standard's test vectors begin, and those of the tools for developers."""
_EXAMPLE_CLAIM = re.compile(r"1234567890|john ?doe|jane ?doe|example|demo|^joe", re.IGNORECASE)
_LONG_OVER = 1_640_000_000
"""Tokens that ended before this second, in 2021, open nothing any more."""
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
    is_long_word |= len(_CHANGES.findall(secret)) >= _FEWEST_IN_NUMBER
    is_random = has_letter_and_digit or is_long_word or secret.isupper()
    return is_random and len(set(secret)) >= _FEWEST_SIGNS and not _EXAMPLE.search(secret[:_HEAD])


def is_value(found: re.Match[str]) -> bool:
    """Whether the value of a variable is so random that no person made it up."""
    secret = found["secret"]
    is_mixed = all(any(map(kind, secret)) for kind in (str.isupper, str.islower, str.isdigit))
    is_small = len(_CHANGES.findall(secret)) >= _FEWEST_IN_NUMBER
    is_number = is_small or (len(secret) >= _HEX and not set(secret) - _HEX_SIGNS)
    words = re.split(r"[_-]", secret)
    is_other = _IS_PUBLIC.match(secret) or _ADDRESS.fullmatch(secret)
    return (
        (is_mixed or is_number) and is_token(found) and max(map(len, words)) >= _LONGEST_WORD and not is_other
    )


def is_password(found: re.Match[str]) -> bool:
    """Whether a password is none of those that examples use."""
    secret = found["secret"].casefold()
    user = (found.groupdict().get("user") or "").casefold()
    behind = found.string[found.end() : found.end() + 100]
    is_call = secret.endswith("(")
    is_example = secret in _PLACEHOLDERS or _TEMPLATE.match(secret) or _EXAMPLE.search(secret)
    is_secret = len(secret) >= _SHORTEST_PASSWORD and not is_call and not is_example
    return is_secret and secret != user and not _EXAMPLE_HOST.match(behind)


def is_chosen_password(found: re.Match[str]) -> bool:
    """Whether a password is more than a word that anybody would put there."""
    is_word = _WORD.fullmatch(found["secret"])
    is_at_home = _AT_HOME.match(found.string, found.end())
    is_real = not is_word and not _is_made_up(found["secret"]) and is_password(found)
    return is_real and (not is_at_home or is_mixed_password(found))


def is_many_signs(found: re.Match[str]) -> bool:
    """Whether a key of all the signs of a keyboard is random, as frameworks make them."""
    secret = found["secret"]
    kinds = (str.isalpha, str.isdigit, lambda sign: not sign.isalnum())
    is_mixed = all(sum(map(kind, secret)) >= _FEWEST_OF_EACH for kind in kinds)
    return is_mixed and not re.search(r"\s{2}|\w \w|your|change|example", secret, re.IGNORECASE)


def is_mixed_password(found: re.Match[str]) -> bool:
    """Whether a password has letters and digits, and is none that somebody made up for an example."""
    secret = found["secret"]
    is_mixed = any(map(str.isalpha, secret)) and any(map(str.isdigit, secret))
    return is_mixed and is_password(found) and not _NO_PASSWORD.search(secret) and not _is_made_up(secret)


def is_strong_password(found: re.Match[str]) -> bool:
    """Whether a password is random enough to stand behind a mere `password:`, as examples do all the time."""
    secret = found["secret"]
    is_random = len(_CHANGES.findall(secret)) >= _FEWEST_CHANGES or _SIGN_WITHIN.search(secret)
    is_other = _TECHNICAL.search(secret) or _DIGEST.fullmatch(secret)
    return bool(is_random) and is_mixed_password(found) and not is_other


def _is_made_up(secret: str) -> bool:
    """Whether a password is a word of examples, as it is or in Base64 as in manifests of Kubernetes."""
    texts = (secret.casefold(), secret.casefold().translate(_LETTERS), _decoded(secret).casefold())
    return any(text in _PLACEHOLDERS or _MADE_UP.search(text) for text in texts)


def always(_found: re.Match[str]) -> bool:
    """Whether a key is one: the pattern asks for its body, which no text that only mentions a key has."""
    return True


def is_wallet(found: re.Match[str]) -> bool:
    """Whether the words of a wallet are so many different ones, as in none that a test uses."""
    words = found["secret"].split()
    return len(set(words)) == len(words) and " ".join(words[:2]) not in _TEST_WALLETS


def is_private_key(found: re.Match[str]) -> bool:
    """Whether the body of a key does not begin as in a manual, with `EXAMPLE` or cut short with dots."""
    start = found.start("secret")
    return not _EXAMPLE.search(found.string[start : start + _HEAD])


def is_discord_token(found: re.Match[str]) -> bool:
    """Whether the first part is the number of an account, as in a real one."""
    number = _decoded(found[0].partition(".")[0])
    return number.isdigit() and is_token(found)


def is_web_token(found: re.Match[str]) -> bool:
    """Whether it can be decoded, is signed, and is none that texts about them show or all may see."""
    head, claims, signature = found[0].split(".")
    try:
        json.loads(_part(head).decode())
        read = json.loads(_part(claims).decode())
        _part(signature)
    except (ValueError, RecursionError):
        return False
    if not isinstance(read, dict):
        return True
    told = " ".join(str(read.get(claim)) for claim in ("sub", "name", "iss", "username"))
    is_over = isinstance(read.get("exp"), int) and read["exp"] < _LONG_OVER
    return read.get("role") != "anon" and not is_over and not _EXAMPLE_CLAIM.search(told)


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
    except ValueError:
        return ""

"""Credentials that only what stands before them tells: a variable, a label, a header.

What follows may be anything, so each rule asks whether it is more than a word that somebody wrote as an
example. A password that is a word or two cannot be told from one, and is none here.
"""

from __future__ import annotations

import re

from notebinder.public.credentials.examples import (
    always,
    is_many_signs,
    is_mixed_password,
    is_password,
    is_strong_password,
    is_token,
    is_value,
    is_wallet,
)
from notebinder.public.credentials.labels import (
    DEFAULT,
    IS,
    KEY,
    KEY_WORDS,
    NEXT,
    OPEN,
    PASSWORD,
    PASSWORD_WORDS,
    SAYS,
    SHORT_WORDS,
    WIFI_WORDS,
    any_of,
)
from notebinder.public.credentials.rule import Rule, phrase

_KEY_NAME = r"(?:TOKEN|SECRET|PASSWORD|PASSWD|PAT|KEY)"
_NAME = re.compile(
    r"(?<![a-z])(?:access|admin|api|app|auth|bot|consumer|deploy|encryption|hmac|license|master|personal|"
    r"private|refresh|secret|server|service|session|shared|signing|subscription|unseal|webhook)"
    r"[ _-]?(?:access[ _-]?|account[ _-]?)?(?:key|token|secret)$|(?<![a-z])client[ _-]?(?:key|secret)$|"
    r"(?<![a-z_:-])(?:token|secret)$|_pat$|master\.key$|secret_key_base$|[密令ト]\w{1,3}$",
    re.IGNORECASE,
)
"""Names of variables that hold a secret: `api_key` and a mere `token`, not `cache_key` and `nextToken`."""
_IS_NO_SECRET = re.compile(
    r"(?:anon|cache|dedup\w*|etag|foreign|group|hash|host|idempotency|index|map|measurement|object|partition|primary|"
    r"pub|public|publishable|recaptcha|row|search(?:_api|_only|_only_api)?|site|sort|storage|turnstile|unique)_key$",
    re.IGNORECASE,
)
"""Names of what everybody may see, or of places in a table."""
_LONGEST_NAME = 40
_WIFI = r"[23]?[ _-]?(?i:key|code|psk|pass\w{0,8}|schlüssel)"
_VALUE = r"(?P<secret>[A-Za-z0-9+/_~-]{16,200}={0,2})(?![\w.(/@#!%^&*$])"
_COOKIE = (
    r"(?:(?i:[\w.-]{0,40}(?:sess|auth|token|jwt|login|remember)[\w.-]{0,40})|(?i:connect\.sid)|sid|li_at)"
)

_ENDS = r"\s\"'`<>|,;)\]」»”。，；）"
_WORD = (
    r"(?P<secret>(?<=[\"'])[^\s\"'<>`]{8,64}(?=[\"'])|"
    rf"[^{_ENDS}*][^{_ENDS}]{{6,62}}[^{_ENDS}*.](?=[{_ENDS}*.]|$))"
)


def _is_value_of_name(found: re.Match[str]) -> bool:
    end = found.end("name")
    is_secret = _NAME.search(found.string[max(0, end - _LONGEST_NAME) : end])
    return bool(is_secret) and _is_value_of_variable(found)


def _is_value_of_variable(found: re.Match[str]) -> bool:
    end = found.end("name")
    return not _IS_NO_SECRET.search(found.string[max(0, end - _LONGEST_NAME) : end]) and is_value(found)


NAMED: tuple[Rule, ...] = (
    # [Interface] PrivateKey = ...
    phrase(
        "a WireGuard key",
        ("PrivateKey", "PresharedKey"),
        r"(?<!\w)(?:PrivateKey|PresharedKey)\s?=",
        r"(?:PrivateKey|PresharedKey)\s?=\s?(?P<secret>[A-Za-z0-9+/]{43}=)(?![A-Za-z0-9+/=])",
        is_token,
    ),
    # SECRET_KEY = "...", with all the signs of the keyboard
    phrase(
        "the secret key of an application",
        ("secret_key", "auth_key", "secure_auth", "logged_in", "nonce_"),
        r"(?:SECRET_KEY|AUTH_KEY|SECURE_AUTH_KEY|LOGGED_IN_KEY|NONCE_KEY|_SALT)[\"']?\s{0,2}[=,]",
        r"[A-Z_]+[\"']?\s{0,2}[=,]\s{0,2}(?P<q>[\"'])(?P<secret>(?!\s)[^\n]{30,100}?)(?P=q)",
        is_many_signs,
    ),
    # export DB_PASSWORD=...
    phrase(
        "a secret in a variable",
        ("_token", "_secret", "_pass", "_pat", "_key"),
        rf"_{_KEY_NAME}[\"']?\]?\s{{0,2}}[:=]",
        rf"(?P<name>_{_KEY_NAME})[\"']?\]?\s{{0,2}}[:=]\s{{0,2}}[\"']?(?:base64:)?{_VALUE}",
        _is_value_of_variable,
    ),
    # api_key = "...", "clientSecret": "...", X-Api-Key: ..., the token is ...
    phrase(
        "a secret in a variable",
        KEY_WORDS,
        KEY,
        tuple(f"(?P<name>{KEY}){between}{OPEN}{_VALUE}" for between in (IS, SAYS, NEXT)),
        _is_value_of_name,
    ),
    # password: ..., the password is ..., password ...
    phrase(
        "a password",
        (*PASSWORD_WORDS, *SHORT_WORDS),
        PASSWORD,
        tuple(PASSWORD + between + OPEN + _WORD for between in (IS, SAYS, NEXT, DEFAULT)),
        is_strong_password,
    ),
    # WIFI:T:WPA;S:home;P:secret;;
    phrase(
        "the password of a Wi-Fi",
        ("WIFI:",),
        r"WIFI:(?=[A-Z]+:)",
        r"WIFI:(?:[A-OQ-Z]:[^;\n]{0,80};){0,6}P:(?P<secret>(?:[^;\\\n]|\\.){8,64});",
        is_password,
    ),
    # Wi-Fi key: secret, wpa_passphrase=secret
    phrase(
        "the password of a Wi-Fi",
        WIFI_WORDS,
        any_of(WIFI_WORDS) + _WIFI + IS,
        any_of(WIFI_WORDS) + _WIFI + IS + OPEN + _WORD,
        is_mixed_password,
    ),
    phrase(
        "the password of a Wi-Fi",
        WIFI_WORDS,
        any_of(WIFI_WORDS),
        any_of(WIFI_WORDS)
        + rf"[^\n=]{{0,40}}?[ ,;](?i:key|code|psk|pass\w{{0,8}}|schlüssel)(?:{NEXT}|{IS}){OPEN}{_WORD}",
        is_strong_password,
    ),
    phrase(
        "the password of a Wi-Fi",
        ("psk=", "Key Content"),
        r"(?<![\w-])psk=|Key Content\s{1,20}:",
        rf"[^=:\n]{{1,40}}[=:]{OPEN}{_WORD}",
        is_mixed_password,
    ),
    # recovery codes: ab12c-de34f, ...
    phrase(
        "codes that replace a password",
        ("codes",),
        r"(?i:(?<![a-z])(?:recovery|backup|rescue|scratch)[ _-]codes)",
        r"[A-Za-z _-]{10,20}\s{0,4}:"
        r"(?P<secret>(?:[\s*,;`>-]{1,8}(?=[a-z]{0,9}\d)[a-z0-9]{4,5}[ -][a-z0-9]{4,5}){2,20})",
        always,
    ),
    # app password: four times four letters
    phrase(
        "a password of an application",
        ("password",),
        r"(?i:(?<![a-z])app(?:lication)?[ _-]password)",
        r"(?i:app(?:lication)?[ _-]password):\s(?P<secret>[a-z]{4} [a-z]{4} [a-z]{4} [a-z]{4})(?![\w ])",
        always,
    ),
    # seed phrase: twelve or twenty-four words
    phrase(
        "the words of a wallet",
        ("phrase", "mnemonic"),
        r"(?i:(?<![a-z])(?:seed|recovery|secret)[ _-]phrase|(?<![a-z])mnemonic)",
        rf"(?i:[a-z]{{4,8}}[ _-]phrase|mnemonic){IS}{OPEN}"
        r"(?P<secret>(?:[a-z]{3,8} ){11}(?:(?:[a-z]{3,8} ){12})?[a-z]{3,8})(?=[\"'`\n.]|$)",
        is_wallet,
    ),
    # Cookie: session=..., and those whose names alone tell
    phrase(
        "the cookie of a session",
        ("cookie: ", "curl "),
        r"(?i:cookie: )|(?<=-b )['\"]?(?=\w)",
        r"(?i:cookie: )?['\"]?(?:[^\s;=]{1,80}=[^\s;]{0,1000}; ?){0,20}"
        rf"{_COOKIE}=(?P<secret>[\w%.~+/:-]{{20,2000}}={{0,2}})",
        is_token,
    ),
    phrase(
        "the cookie of a session",
        ("PHPSESSID", "JSESSIONID", "SessionId", "connect.sid", "_session", "sessionid", "auth_token="),
        r"(?<![\w-])(?:PHPSESSID|JSESSIONID|ASP\.NET_SessionId|connect\.sid|sessionid|auth_token|"
        r"[a-z]{0,20}_session(?:_id)?)=",
        r"[\w.]{1,40}=(?P<secret>[\w%.~+/:-]{20,2000}={0,2})",
        is_token,
    ),
)
"""Each asks for the name and for a value that nobody makes up as an example."""

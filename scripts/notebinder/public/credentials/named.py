"""Credentials that only what stands before them tells: a variable, a label, a command, a header.

What follows may be anything, so each rule asks whether it is more than a word that somebody wrote as an
example. A password that is a word or two cannot be told from one, and is none here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from notebinder.public.credentials.examples import (
    is_mixed_password,
    is_password,
    is_strong_password,
    is_token,
    is_value,
)
from notebinder.public.credentials.rule import Rule, phrase

_KEY_NAME = r"(?:TOKEN|SECRET|PASSWORD|PASSWD|PAT|(?<!PUBLIC_)KEY)"
_KEYS = ("key", "Key", "KEY", "token", "Token", "TOKEN", "secret", "Secret", "SECRET", "_pat", "_PAT")
_NAME = re.compile(
    r"(?<![a-z])(?:access|admin|api|app|auth|bot|consumer|deploy|encryption|hmac|master|personal|private|"
    r"refresh|service|session|shared|signing|subscription|webhook)[ _-]?(?:access[ _-]?)?"
    r"(?:key|token|secret)$|(?<![a-z])client[ _-]?(?:key|secret)$|(?<![a-z_:-])(?:token|secret)$|_pat$",
    re.IGNORECASE,
)
"""Names of variables that hold a secret: `api_key` and a mere `token`, not `cache_key` and `nextToken`."""
_LONGEST_NAME = 40
_LABELS = (
    *(
        "assword",
        "ASSWORD",
        "asswort",
        "ASSWORT",
        "asswd",
        "ASSWD",
        "assphrase",
        "ASSPHRASE",
        "asscode",
        "pwd",
    ),
    *("Pwd", "PWD", "ennwort", "ot de passe", "ontraseña", "enha", "achtwoord", "密码", "パスワード"),
)
_WIFIS = ("wifi", "Wifi", "WiFi", "WIFI", "wi-fi", "Wi-Fi", "WI-FI", "wlan", "WLAN", "wpa", "WPA")
_WIFI = r"[23]?[ _-]?(?i:key|code|psk|pass\w{0,8}|schlüssel)"
_IS = r"[\"'`*]{0,3}\s{0,2}(?::=|=>|[:=])"
_OPEN = r"[ \t\"'`*]{0,6}"
_VALUE = r"(?P<secret>[A-Za-z0-9+_~-]{16,200}={0,2})(?![\w.(/])"
_COOKIE = r"(?i:(?:[\w.-]{0,40}(?:sess|auth|token|jwt|login|remember)[\w.-]{0,40}|sid|connect\.sid|li_at))"

_COMMANDS = (
    # curl -u anna:secret
    ("curl ", "curl", r"(?:-u|--user)[ =]?[\"']?(?P<user>[\w.@+-]{1,60}):"),
    ("sshpass ", "sshpass", r"-p ?"),
    ("mysql", r"mysql\w{0,10}", r"(?:-p|--password=)"),
    ("mariadb", r"mariadb[\w-]{0,10}", r"(?:-p|--password=)"),
    ("-cli ", "(?:redis|valkey)-cli", r"(?:-a |--pass )"),
    ("mongo", r"mongo\w{0,10}", r"(?:-p |--password[ =])"),
    (" login ", r"(?:docker|podman|helm|oras|skopeo|az|oc)(?: registry)? login", r"(?:-p |--password[ =])"),
    ("ldap", r"ldap\w{3,10}", "-w "),
    ("sqlcmd ", "sqlcmd", "-P "),
    ("client ", "(?:smb|rpc)client", r"-U ?[\w.\\-]{1,60}%"),
    ("mount ", "mount", r"-o [^\s\"']{0,100}?password="),
    ("7z", "7z[az]?", "-p"),
    ("zip ", "(?:un)?zip", "-P ?"),
    ("wget ", "wget", r"--(?:http-|ftp-|proxy-)?password="),
    ("freerdp", "[wx]freerdp3?", "/p:"),
    ("openssl ", "openssl", r"-(?:pass|passin|passout) pass:"),
    ("keytool ", "keytool", "-(?:store|key)pass "),
    ("mosquitto_", "mosquitto_(?:pub|sub)", "-P "),
    ("nmcli ", "nmcli", r"(?:password|wifi-sec\.psk) "),
)
"""A part of a command's name, the name, and what stands before the password."""

_ENDS = r"\s\"'`<>|,;)"
_WORD = rf"(?P<secret>[^{_ENDS}*]{{8,64}})(?=[{_ENDS}]|\*\*|$)"


def _any_of(words: Iterable[str]) -> str:
    return f"(?:{'|'.join(words)})"


def _is_value_of_name(found: re.Match[str]) -> bool:
    end = found.end("name")
    return bool(_NAME.search(found.string[max(0, end - _LONGEST_NAME) : end])) and is_value(found)


NAMED: tuple[Rule, ...] = (
    *(
        phrase(
            "a password in a command",
            (needle,),
            rf"(?<![\w./-]){name} ",
            rf"{name} (?:[^\n|;&]{{0,300}}? )?{option}[\"']?(?P<secret>[^\s\"'<>`]{{4,100}})",
            is_password,
        )
        for needle, name, option in _COMMANDS
    ),
    # PGPASSWORD=secret psql
    phrase(
        "a password in a command",
        ("PGPASSWORD=", "MYSQL_PWD=", "SSHPASS=", "REDISCLI_AUTH="),
        r"(?:PGPASSWORD|MYSQL_PWD|SSHPASS|REDISCLI_AUTH)=",
        r"[A-Z_]+=[\"']?(?P<secret>[^\s\"'<>`;&|]{4,100})",
        is_password,
    ),
    # machine host login anna password secret
    phrase(
        "a password in a .netrc",
        ("machine ",),
        r"(?<!\w)machine \S{1,200}\s{1,4}login ",
        r"machine \S{1,200}\s{1,4}login \S{1,100}\s{1,4}password (?P<secret>[^\s\"'<>`]{4,100})",
        is_password,
    ),
    # [Interface] PrivateKey = ...
    phrase(
        "a WireGuard key",
        ("PrivateKey", "PresharedKey"),
        r"(?<!\w)(?:PrivateKey|PresharedKey)\s?=",
        r"(?:PrivateKey|PresharedKey)\s?=\s?(?P<secret>[A-Za-z0-9+/]{43}=)(?![A-Za-z0-9+/=])",
        is_token,
    ),
    # export DB_PASSWORD=...
    phrase(
        "a secret in a variable",
        ("_token", "_secret", "_pass", "_pat", "_key"),
        rf"_{_KEY_NAME}[\"']?\s{{0,2}}[:=]",
        rf"_{_KEY_NAME}[\"']?\s{{0,2}}[:=]\s{{0,2}}[\"']?{_VALUE}",
        is_value,
    ),
    # api_key = "...", "clientSecret": "...", X-Api-Key: ...
    phrase(
        "a secret in a variable",
        _KEYS,
        _any_of(_KEYS) + _IS,
        f"(?P<name>{_any_of(_KEYS)}){_IS}{_OPEN}{_VALUE}",
        _is_value_of_name,
    ),
    # password: ...
    phrase(
        "a password",
        _LABELS,
        _any_of(_LABELS) + _IS,
        _any_of(_LABELS) + _IS + _OPEN + _WORD,
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
        _WIFIS,
        _any_of(_WIFIS) + _WIFI + _IS,
        _any_of(_WIFIS) + _WIFI + _IS + _OPEN + _WORD,
        is_mixed_password,
    ),
    phrase(
        "the password of a Wi-Fi",
        ("psk=",),
        r"(?<![\w-])psk=",
        rf"psk={_OPEN}{_WORD}",
        is_mixed_password,
    ),
    # Cookie: session=...
    phrase(
        "the cookie of a session",
        ("cookie: ",),
        r"(?i:cookie: )",
        r"(?i:cookie: )(?:[^\s;=]{1,80}=[^\s;]{0,1000}; ?){0,20}"
        rf"{_COOKIE}=(?P<secret>[\w%.~+/:-]{{20,2000}}={{0,2}})",
        is_token,
    ),
)
"""Each asks for the name and for a value that nobody makes up as an example."""

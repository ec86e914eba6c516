"""What credentials look like: the one table of kinds. Knows patterns, not where texts come from.

Most patterns are those of detect-secrets. It has none for connection strings, for passwords with punctuation
in addresses, and for newer tokens; these rows are ours. Left out on purpose: its detectors of high entropy
and of keywords (they take prose and hashes for credentials), and its patterns for names of accounts that are
no secrets (Twilio) or for any text of a certain length behind the word "key" (IBM, Cloudant, SoftLayer).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module

from notebinder.credentials.examples import (
    always,
    is_basic_login,
    is_discord_token,
    is_password,
    is_token,
    is_web_token,
)

Plausible = Callable[[re.Match[str]], bool]
Patterns = Callable[[], Sequence[re.Pattern[str]]]


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of credential."""

    kind: str
    """What the author is told, with its article."""
    needles: tuple[str, ...]
    """A text without any of these has no such credential; a search for them costs next to nothing."""
    start: re.Pattern[str]
    """Where one may begin. It is simple, so that looking for it takes linear time in any text."""
    patterns: Patterns
    """What must stand at such a place; loaded when the first such place is found."""
    is_plausible: Plausible
    """Tells a credential from an example of one."""
    in_word: bool
    """Whether the needle always stands in a long word of letters, digits and `_+/=.:-`."""


def _token(
    kind: str,
    needles: str,
    *patterns: str | Patterns,
    start: str = "",
    plausible: Plausible = is_token,
) -> Rule:
    """A rule for a word; without a start of its own it begins with one of the needles."""
    words = tuple(needles.split())
    at_word = rf"(?<![A-Za-z0-9_-])(?:{'|'.join(map(re.escape, words))})"
    return Rule(kind, words, re.compile(start or at_word), _compiled(patterns), plausible, in_word=True)


def _phrase(kind: str, needles: Iterable[str], start: str, pattern: str, plausible: Plausible) -> Rule:
    """A rule for what has spaces or other signs in it."""
    return Rule(kind, tuple(needles), re.compile(start), _compiled([pattern]), plausible, in_word=False)


def _compiled(patterns: Iterable[str | Patterns]) -> Patterns:
    @cache
    def load() -> Sequence[re.Pattern[str]]:
        loaded: list[re.Pattern[str]] = []
        for pattern in patterns:
            loaded += [re.compile(pattern)] if isinstance(pattern, str) else pattern()
        return loaded

    return load


def _library(module: str, detector: str, *numbers: int) -> Patterns:
    """Patterns of detect-secrets; importing it takes longer than reading a small vault."""

    def load() -> Sequence[re.Pattern[str]]:
        found = getattr(import_module(f"detect_secrets.plugins.{module}"), detector).denylist
        return [found[number] for number in numbers] if numbers else list(found)

    return load


_PASSWORD = ("assword", "ASSWORD", "pwd", "Pwd", "PWD")
_FIELD = (
    r"(?:server|data source|host|hostname|address|driver|dsn|uid|user id|username|user|database|dbname|"
    r"initial catalog)\s{0,2}="
)
_PAIRS = r"(?:[^;=\n]{1,60}=[^;\n]{0,200};){0,12}"
_BEFORE_COLON = r"(?P<user>[^\s:/?#\[\]@\"'<>`()|\\]{0,100})"
_BEFORE_HOST = r"(?P<secret>[^\s/?#\"'<>`()\[\]{}|\\]{1,200})"
_KEY_BODY = r"[A-Za-z0-9+/]{32}[A-Za-z0-9+/=\s\\>\"',]{0,20000}"
_KEY_HEADERS = r"(?:[A-Z][\w-]{2,20}: [^\n]{0,100}(?:\\[nr]|[\s>]){1,9}){0,9}"
_BASIC = r"(?i:authorization[\"']?\s{0,4}[:=]\s{0,4}[\"']?basic )"

RULES: tuple[Rule, ...] = (
    _token("an AWS access key", "AKIA ASIA ABIA ACCA A3T", _library("aws", "AWSKeyDetector", 0)),
    # aws_secret_access_key = ..., "SecretAccessKey": "..."
    _phrase(
        "an AWS secret key",
        ("ecret", "SECRET"),
        r"(?i:(?<![a-z])(?:aws_?)?secret_?access_?key)",
        r"(?i:(?:aws_?)?secret_?access_?key)[\s\"'`:=>|]{1,8}(?P<secret>[A-Za-z0-9/+]{40})(?![A-Za-z0-9/+=])",
        is_token,
    ),
    # aws key "..."; the pattern of detect-secrets, with the key as a group of that name
    _phrase(
        "an AWS secret key",
        ("aws", "AWS"),
        r"(?i:(?<![a-z])aws)",
        r"(?i:aws.{0,20}?(?:key|pwd|pw|password|pass|token).{0,20}?)['\"](?P<secret>[0-9a-zA-Z/+]{40})['\"]",
        is_token,
    ),
    _token("an Azure storage key", "AccountKey=", _library("azure_storage_key", "AzureStorageKeyDetector")),
    _token("an Azure access key", "SharedAccessKey=", r"SharedAccessKey=(?P<secret>[A-Za-z0-9+/]{43}=)"),
    _phrase(
        "a signature of Azure",
        ("sig=",),
        r"(?<=[?&;])sig=",
        r"sig=(?P<secret>(?:[A-Za-z0-9/+]|%[0-9A-Fa-f]{2}){40,64}(?:=|%3[Dd]))",
        is_token,
    ),
    # postgres://anna:secret@host; detect-secrets finds no password with ! or $ in it
    _phrase(
        "a password in an address",
        ("://",),
        r"://(?=[^\s/@]{0,301}@)",
        rf"://{_BEFORE_COLON}:{_BEFORE_HOST}@(?=[\w\[])",
        is_password,
    ),
    # Server=db;User Id=anna;Password=secret
    _phrase(
        "a password in a connection string",
        _PASSWORD,
        rf"(?i:(?<![a-z]){_FIELD}[^;\n=]{{1,200}};)",
        rf"(?i:{_FIELD}[^;\n=]{{1,200}};{_PAIRS}\s{{0,2}}(?:password|pwd)\s{{0,2}}=\s{{0,2}})"
        r"[\"']?(?P<secret>[^;\"'\s]{4,100})",
        is_password,
    ),
    # host=db user=anna password=secret
    _phrase(
        "a password in a connection string",
        _PASSWORD,
        rf"(?i:(?<![a-z]){_FIELD}[^;\s=]{{1,200}} )",
        rf"(?i:{_FIELD}[^;\s=]{{1,200}} (?:[a-z_]{{1,30}}=[^\s=]{{1,200}} ){{0,9}}password=)"
        r"[\"']?(?P<secret>[^;\"'\s]{4,100})",
        is_password,
    ),
    # Password=secret;Server=db
    _phrase(
        "a password in a connection string",
        _PASSWORD,
        r"(?i:(?<![a-z])(?:password|pwd)\s{0,2}=)",
        r"(?i:(?:password|pwd)\s{0,2}=\s{0,2})(?P<secret>[^;\"'\s]{4,100});"
        rf"(?i:{_PAIRS}\s{{0,2}}{_FIELD})",
        is_password,
    ),
    _phrase(
        "a password in a connection string",
        ("jdbc:",),
        r"jdbc:",
        r"jdbc:[^\s\"'<>]{1,300}?[?&;](?i:password|pwd)=(?P<secret>[^&;\s\"'<>)]{1,100})",
        is_password,
    ),
    # with the key itself behind the first line; detect-secrets takes a mention of that line for a key
    _phrase(
        "a private key",
        ("PRIVATE KEY",),
        r"-----BEGIN (?:[A-Z0-9]+ ){0,3}PRIVATE KEY",
        r"-----BEGIN (?:[A-Z0-9]+ ){0,3}PRIVATE KEY(?: BLOCK)?-----"
        rf"(?P<secret>(?:\\[nr]|[\s>\"'+,]){{0,40}}{_KEY_HEADERS}{_KEY_BODY})",
        always,
    ),
    _phrase(
        "a private key",
        ("PuTTY-User-Key-File-",),
        r"PuTTY-User-Key-File-\d",
        rf"PuTTY-User-Key-File-\d: (?P<secret>[^\n]{{0,100}}\n{_KEY_HEADERS}{_KEY_BODY}"
        r"[\w+/=:\s-]{0,20000})",
        always,
    ),
    _token("an age key", "AGE-SECRET-KEY-1", r"AGE-SECRET-KEY-1[0-9A-Z]{58}"),
    _token(
        "a GitHub token",
        "ghp_ gho_ ghu_ ghs_ ghr_ github_pat_",
        _library("github_token", "GitHubTokenDetector"),
        r"github_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59}",
    ),
    _token(
        "a GitLab token",
        "glpat- gldt- glft- glsoat- glrt- GR1348941 glcbt- glimt- glptt- glagent- gloas-",
        _library("gitlab_token", "GitLabTokenDetector"),
    ),
    _token(
        "a Slack token",
        "xoxa xoxb xoxp xoxo xoxs xoxr xapp-",
        _library("slack", "SlackDetector", 0),
        r"xapp-\d-[A-Z0-9]{8,20}-\d{8,20}-[a-f0-9]{40,80}",
    ),
    _token("a Slack webhook", "https://hooks.slack.com/", _library("slack", "SlackDetector", 1)),
    _token(
        "a Discord webhook",
        "/api/webhooks/",
        r"/api/webhooks/\d{16,20}/(?P<secret>[A-Za-z0-9_-]{60,80})",
        start="/api/webhooks/",
    ),
    _token(
        "a Discord bot token",
        ".",
        _library("discord", "DiscordBotTokenDetector"),
        start=r"(?<![A-Za-z0-9_.-])[MNO][A-Za-z0-9_-]{23,25}\.(?=[A-Za-z0-9_-]{6}\.)",
        plausible=is_discord_token,
    ),
    _token(
        "a Telegram bot token",
        ":AA",
        _library("telegram_token", "TelegramBotTokenDetector"),
        start=r"(?<![A-Za-z0-9_-])\d{8,10}:AA",
    ),
    _token("a Stripe key", "sk_live_ rk_live_", _library("stripe", "StripeDetector")),
    _token(
        "a Square key",
        "sq0csp- sq0atp-",
        _library("square_oauth", "SquareOAuthDetector"),
        r"sq0atp-[0-9A-Za-z_-]{22}",
    ),
    _token("a SendGrid key", "SG.", _library("sendgrid", "SendGridDetector")),
    _token(
        "a Mailchimp key",
        "-us",
        _library("mailchimp", "MailchimpDetector"),
        start=r"(?<![A-Za-z0-9_-])[0-9a-f]{32}(?=-us\d)",
    ),
    _token("an OpenAI key", "T3BlbkFJ", _library("openai", "OpenAIDetector"), start=r"(?<![A-Za-z0-9_-])sk-"),
    _token("an Anthropic key", "sk-ant-", r"sk-ant-[a-z]{3,6}\d\d-[A-Za-z0-9_-]{80,120}"),
    _token(
        "a Google key",
        "AIza GOCSPX-",
        r"AIza[0-9A-Za-z_-]{35}(?![0-9A-Za-z_-])",
        r"GOCSPX-[0-9A-Za-z_-]{28}",
    ),
    _token("a Hugging Face token", "hf_", r"hf_[A-Za-z]{34}(?![A-Za-z0-9])"),
    _token("a PyPI token", "pypi-AgE", _library("pypi_token", "PypiTokenDetector")),
    _token("an npm token", "npm_", r"npm_[A-Za-z0-9]{36}(?![A-Za-z0-9])"),
    _token(
        "an npm token",
        ":_authToken=",
        r":_authToken=(?P<secret>[A-Fa-f0-9]{8}-[A-Fa-f0-9-]{27})",
        start=":_authToken=",
    ),
    _token("a DigitalOcean token", "dop_v1_ doo_v1_ dor_v1_", r"do[opr]_v1_[a-f0-9]{64}"),
    _token("a Databricks token", "dapi", r"dapi[a-f0-9]{32}(?![a-f0-9])"),
    _token("a Shopify token", "shpat_ shpca_ shppa_ shpss_", r"shp(?:at|ca|pa|ss)_[a-fA-F0-9]{32}"),
    _token("a HashiCorp Vault token", "hvs. hvb.", r"hv[sb]\.[A-Za-z0-9_-]{90,300}"),
    # detect-secrets asks for ten signs only
    _token("an Artifactory key", "AKCp", r"AKCp[A-Za-z0-9]{60,80}(?![A-Za-z0-9])"),
    # with its signature, which detect-secrets leaves out
    _token(
        "a web token",
        "eyJ",
        r"eyJ[A-Za-z0-9_=-]+\.[A-Za-z0-9_=-]+\.[A-Za-z0-9_=-]{16,}",
        plausible=is_web_token,
    ),
    _phrase(
        "an access token",
        ("earer ", "EARER "),
        r"(?i:(?<![a-z])bearer )",
        r"(?i:bearer )\s{0,4}(?P<secret>(?!eyJ)[A-Za-z0-9_.~+/=-]{20,2000})",
        is_token,
    ),
    _phrase(
        "a password in a header",
        ("asic ",),
        _BASIC,
        rf"{_BASIC}\s{{0,4}}(?P<secret>[A-Za-z0-9+/]{{8,400}}={{0,2}})",
        is_basic_login,
    ),
)
"""Every kind of credential that is looked for."""

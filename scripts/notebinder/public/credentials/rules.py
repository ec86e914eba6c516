"""What credentials look like: the one table of kinds. Knows patterns, not where texts come from.

The patterns in rows for AWS, Azure's storage, GitHub, GitLab, Slack, Discord's bots, Telegram, Stripe's live
keys, Square, SendGrid, Mailchimp, OpenAI's older keys and PyPI are copied from detect-secrets 1.5.0,
Copyright 2017-2018 Yelp Inc., Apache License 2.0 (`LICENSE-detect-secrets.txt` beside this file); what each
begins with and how an example is told from it is ours. Left out on purpose: its detectors of high entropy
and of keywords (they take prose and hashes for credentials), and its patterns for names of accounts that are
no secrets or for any text of a certain length behind the word "key" (IBM, Cloudant, SoftLayer).

What cannot be told from other text, and is not looked for: a password that is a word or a name (`hunter2`),
or words joined by hyphens, 32 or 64 hexadecimal signs without a name before them (they are hashes), hashes of
passwords, and numbers such as a PIN.
"""

from __future__ import annotations

from notebinder.public.credentials.commands import COMMANDS
from notebinder.public.credentials.examples import (
    is_basic_login,
    is_chosen_password,
    is_discord_token,
    is_password,
    is_private_key,
    is_token,
    is_web_token,
)
from notebinder.public.credentials.named import NAMED
from notebinder.public.credentials.rule import Rule, phrase, token
from notebinder.public.credentials.services import SERVICES

_PASSWORD = ("password", "pwd")
_FIELD = (
    r"(?:server|data source|host|hostname|address|driver|dsn|uid|user id|username|user|database|dbname|"
    r"initial catalog)\s{0,2}="
)
_PAIRS = r"(?:[^;=\n]{1,60}=[^;\n]{0,200};){0,12}"
_BEFORE_COLON = r"(?P<user>[^\s:/?#\[\]@\"'<>`()|\\]{0,100})"
_BEFORE_HOST = r"(?P<secret>(?!\d{2,5}[?#])[^\s/\"'<>`()\[\]{}|\\]{1,200})"
# quotes, line breaks of all kinds, and the numbers of lines
_BEFORE_KEY = r"(?:\\[nr]|<br ?/?>|\d{1,4}(?=[ :.)|])|[\s>\"'+,:.)|]){0,40}"
_KEY_BODY = r"[A-Za-z0-9+/]{32}(?:[A-Za-z0-9+/=\s\\>\"',|]|<br ?/?>){0,20000}"
_KEY_HEADERS = r"(?:[A-Z][\w-]{2,20}: [^\n]{0,100}(?:\\[nr]|[\s>]){1,9}){0,9}"
_BASIC = r"(?i:authorization[\"']?\s{0,4}[:=]\s{0,4}[\"']?basic )"

RULES: tuple[Rule, ...] = (
    token("an AWS access key", "AKIA ASIA ABIA ACCA A3T", r"(?:A3T[A-Z0-9]|ABIA|ACCA|AKIA|ASIA)[0-9A-Z]{16}"),
    # aws_secret_access_key = ..., "SecretAccessKey": "..."
    phrase(
        "an AWS secret key",
        ("secret",),
        r"(?i:(?<![a-z])(?:aws_?)?secret_?access_?key)",
        r"(?i:(?:aws_?)?secret_?access_?key)[\s\"'`:=>|]{1,8}(?P<secret>[A-Za-z0-9/+]{40})(?![A-Za-z0-9/+])",
        is_token,
    ),
    # aws key "..."
    phrase(
        "an AWS secret key",
        ("aws",),
        r"(?i:(?<![a-z])aws)",
        r"(?i:aws.{0,20}?(?:key|pwd|pw|password|pass|token).{0,20}?)['\"](?P<secret>[0-9a-zA-Z/+]{40})['\"]",
        is_token,
    ),
    token("an Azure storage key", "AccountKey=", r"AccountKey=[a-zA-Z0-9+\/=]{88}"),
    token("an Azure access key", "SharedAccessKey=", r"SharedAccessKey=(?P<secret>[A-Za-z0-9+/]{43}=)"),
    phrase(
        "a signature of Azure",
        ("sig=",),
        r"(?<=[?&;])sig=",
        r"sig=(?P<secret>(?:[A-Za-z0-9/+]|%[0-9A-Fa-f]{2}){40,64}(?:=|%3[Dd]))",
        is_token,
    ),
    # postgres://anna:secret@host, also with ! or $ in the password
    phrase(
        "a password in an address",
        ("://",),
        r"://(?=[^\s/@]{0,301}@)",
        rf"://{_BEFORE_COLON}:{_BEFORE_HOST}@(?=[\w\[])",
        is_chosen_password,
    ),
    # Server=db;User Id=anna;Password=secret
    phrase(
        "a password in a connection string",
        _PASSWORD,
        rf"(?i:(?<![a-z]){_FIELD}[^;\n=]{{1,200}};)",
        rf"(?i:{_FIELD}[^;\n=]{{1,200}};{_PAIRS}\s{{0,2}}(?:password|pwd)\s{{0,2}}=\s{{0,2}})"
        r"[\"']?(?P<secret>[^;\"'\s]{4,100})",
        is_password,
    ),
    # host=db user=anna password=secret
    phrase(
        "a password in a connection string",
        _PASSWORD,
        rf"(?i:(?<![a-z]){_FIELD}[^;\s=]{{1,200}} )",
        rf"(?i:{_FIELD}[^;\s=]{{1,200}} (?:[a-z_]{{1,30}}=[^\s=]{{1,200}} ){{0,9}}password=)"
        r"[\"']?(?P<secret>[^;\"'\s]{4,100})",
        is_password,
    ),
    # Password=secret;Server=db
    phrase(
        "a password in a connection string",
        _PASSWORD,
        r"(?i:(?<![a-z])(?:password|pwd)\s{0,2}=)",
        r"(?i:(?:password|pwd)\s{0,2}=\s{0,2})(?P<secret>[^;\"'\s]{4,100});"
        rf"(?i:{_PAIRS}\s{{0,2}}{_FIELD})",
        is_password,
    ),
    phrase(
        "a password in a connection string",
        ("jdbc:",),
        r"jdbc:",
        r"jdbc:[^\s\"'<>]{1,300}?[?&;](?i:password|pwd)=(?P<secret>[^&;\s\"'<>)]{1,100})",
        is_password,
    ),
    # with the key itself behind the first line: a mention of that line is none
    phrase(
        "a private key",
        ("PRIVATE KEY",),
        r"-----BEGIN (?:[A-Z0-9]+ ){0,3}PRIVATE KEY",
        r"-----BEGIN (?:[A-Z0-9]+ ){0,3}PRIVATE KEY(?: BLOCK)?-----"
        rf"(?P<secret>{_BEFORE_KEY}{_KEY_HEADERS}{_KEY_BODY})",
        is_private_key,
    ),
    phrase(
        "a private key",
        ("PuTTY-User-Key-File-",),
        r"PuTTY-User-Key-File-\d",
        rf"PuTTY-User-Key-File-\d: (?P<secret>[^\n]{{0,100}}\n{_KEY_HEADERS}{_KEY_BODY}"
        r"[\w+/=:\s-]{0,20000})",
        is_private_key,
    ),
    token("an age key", "AGE-SECRET-KEY-1", r"AGE-SECRET-KEY-1[0-9A-Z]{58}"),
    token(
        "a GitHub token",
        "ghp_ gho_ ghu_ ghs_ ghr_ github_pat_",
        r"(ghp|gho|ghu|ghs|ghr)_[A-Za-z0-9_]{36}",
        r"github_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59}",
    ),
    token(
        "a GitLab token",
        "glpat- gldt- glft- glsoat- glrt- GR1348941 glcbt- glimt- glptt- glagent- gloas-",
        r"(glpat|gldt|glft|glsoat|glrt)-[A-Za-z0-9_\-]{20,50}(?!\w)",
        r"GR1348941[A-Za-z0-9_\-]{20,50}(?!\w)",
        r"glcbt-([0-9a-fA-F]{2}_)?[A-Za-z0-9_\-]{20,50}(?!\w)",
        r"glimt-[A-Za-z0-9_\-]{25}(?!\w)",
        r"glptt-[A-Za-z0-9_\-]{40}(?!\w)",
        r"glagent-[A-Za-z0-9_\-]{50,1024}(?!\w)",
        r"gloas-[A-Za-z0-9_\-]{64}(?!\w)",
    ),
    token(
        "a Slack token",
        "xoxa xoxb xoxp xoxo xoxs xoxr xoxe xapp-",
        r"(?i:xox(?:a|b|p|o|s|r)-(?:\d+-)+[a-z0-9]+)",
        r"xoxe(?:\.xox[bp])?-\d-[A-Za-z0-9]{40,300}",
        r"xapp-\d-[A-Z0-9]{8,20}-\d{8,20}-[a-f0-9]{40,80}",
    ),
    token(
        "a Slack webhook",
        "https://hooks.slack.com/",
        r"(?i:https://hooks\.slack\.com/services/T[a-zA-Z0-9_]+/B[a-zA-Z0-9_]+/[a-zA-Z0-9_]+)",
    ),
    token(
        "a Discord webhook",
        "/api/webhooks/",
        r"/api/webhooks/\d{16,20}/(?P<secret>[A-Za-z0-9_-]{60,80})",
        start="/api/webhooks/",
    ),
    token(
        "a Discord bot token",
        ".",
        r"[MNO][a-zA-Z\d_-]{23,27}\.[a-zA-Z\d_-]{6}\.[a-zA-Z\d_-]{27,40}",
        start=r"(?<![A-Za-z0-9_.-])[MNO][A-Za-z0-9_-]{23,27}\.(?=[A-Za-z0-9_-]{6}\.)",
        plausible=is_discord_token,
    ),
    token(
        "a Telegram bot token",
        ":AA",
        r"\d{8,10}:[0-9A-Za-z_-]{35}",
        start=r"(?<![A-Za-z0-9_-])\d{8,10}:AA",
    ),
    token(
        "a Stripe key",
        "sk_live_ rk_live_ sk_test_ rk_test_",
        r"(?:r|s)k_live_[0-9a-zA-Z]{24,200}",
        r"[rs]k_test_[A-Za-z0-9]{24,200}",
    ),
    token(
        "a Square key",
        "sq0csp- sq0atp-",
        r"sq0csp-[0-9A-Za-z\\\-_]{43}",
        r"sq0atp-[0-9A-Za-z_-]{22}",
    ),
    token("a SendGrid key", "SG.", r"SG\.[a-zA-Z0-9_-]{22}\.[a-zA-Z0-9_-]{43}"),
    token(
        "a Mailchimp key",
        "-us",
        r"[0-9a-z]{32}-us[0-9]{1,2}",
        start=r"(?<![A-Za-z0-9_-])[0-9a-f]{32}(?=-us\d)",
    ),
    token(
        "an OpenAI key",
        "T3BlbkFJ",
        r"sk-[A-Za-z0-9-_]*[A-Za-z0-9]{20}T3BlbkFJ[A-Za-z0-9]{20}",
        r"sk-(?:proj|svcacct|admin)-[A-Za-z0-9_-]{20,120}?T3BlbkFJ[A-Za-z0-9_-]{20,120}",
        start=r"(?<![A-Za-z0-9_-])sk-",
    ),
    token("an Anthropic key", "sk-ant-", r"sk-ant-[a-z]{3,6}\d\d-[A-Za-z0-9_-]{80,120}"),
    token(
        "a Google key",
        "AIza GOCSPX-",
        r"AIza[0-9A-Za-z_-]{35}(?![0-9A-Za-z_-])",
        r"GOCSPX-[0-9A-Za-z_-]{28}",
    ),
    token("a Hugging Face token", "hf_", r"hf_[A-Za-z]{34}(?![A-Za-z0-9])"),
    token(
        "a PyPI token",
        "pypi-AgE",
        r"pypi-AgEIcHlwaS5vcmc[A-Za-z0-9-_]{70,}",
        r"pypi-AgENdGVzdC5weXBpLm9yZw[A-Za-z0-9-_]{70,}",
    ),
    token("an npm token", "npm_", r"npm_[A-Za-z0-9]{36}(?![A-Za-z0-9])"),
    token(
        "an npm token",
        ":_authToken=",
        r":_authToken=(?P<secret>[A-Fa-f0-9]{8}-[A-Fa-f0-9-]{27})",
        start=":_authToken=",
    ),
    token("a DigitalOcean token", "dop_v1_ doo_v1_ dor_v1_", r"do[opr]_v1_[a-f0-9]{64}"),
    token("a Databricks token", "dapi", r"dapi[a-f0-9]{32}(?![a-f0-9])"),
    token("a Shopify token", "shpat_ shpca_ shppa_ shpss_", r"shp(?:at|ca|pa|ss)_[a-fA-F0-9]{32}"),
    token("a HashiCorp Vault token", "hvs. hvb.", r"hv[sb]\.[A-Za-z0-9_-]{24,300}"),
    token("an Artifactory key", "AKCp", r"AKCp[A-Za-z0-9]{60,80}(?![A-Za-z0-9])"),
    # with its signature
    token(
        "a web token",
        "eyJ",
        r"eyJ[A-Za-z0-9_=-]+\.[A-Za-z0-9_=-]+\.[A-Za-z0-9_-]{16,}",
        plausible=is_web_token,
    ),
    phrase(
        "an access token",
        ("bearer ",),
        r"(?i:(?<![a-z])bearer )",
        r"(?i:bearer )\s{0,4}(?P<secret>(?!eyJ)[A-Za-z0-9_.~+/=-]{20,2000})",
        is_token,
    ),
    phrase(
        "a password in a header",
        ("basic ",),
        _BASIC,
        rf"{_BASIC}\s{{0,4}}(?P<secret>[A-Za-z0-9+/]{{8,400}}={{0,2}})",
        is_basic_login,
    ),
    # kubeconfig: the key in Base64
    phrase(
        "a private key",
        ("client-key-data",),
        r"(?<!\w)client-key-data",
        r"client-key-data:\s{0,4}(?P<secret>LS0tLS1CRUdJTi[A-Za-z0-9+/=]{40,8000})",
        is_token,
    ),
    # {"kty": "EC", ..., "d": "..."}
    phrase(
        "a private key",
        ('"kty"',),
        r"\{(?=[^{}]{0,3000}\"kty\")",
        r"\{[^{}]{0,3000}?\"[dk]\"\s{0,4}:\s{0,4}\"(?P<secret>[A-Za-z0-9_-]{22,1400})\"",
        is_token,
    ),
    # {"auths": {"host": {"auth": "..."}}} and _auth=...
    phrase(
        "a password in a header",
        ("auth",),
        r"(?<![A-Za-z])_?auth\"?\s{0,2}[:=]",
        r"_?auth\"?\s{0,2}[:=]\s{0,2}\"?(?P<secret>[A-Za-z0-9+/]{8,400}={0,2})",
        is_basic_login,
    ),
    *SERVICES,
    *COMMANDS,
    *NAMED,
)
"""Every kind of credential that is looked for."""

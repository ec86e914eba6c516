"""Credentials that nobody ever had, put together here so that no scanner takes them for leaked ones."""

from __future__ import annotations

import base64
import json

SIGNS = "q7Rt2LwZ9xKfV4mN8bYc3HsJ6dGp5TaQ1uEeWiXoCvDzBkMnSyFrUhAjPgOlI0"


def random_text(length: int, signs: str = SIGNS) -> str:
    """The same text each time, without a pattern in it."""
    chosen, state = [], 12_345
    for _ in range(length):
        state = (state * 1_103_515_245 + 12_345) % 2**31
        chosen.append(signs[(state >> 8) % len(signs)])
    return "".join(chosen)


def web_token(claims: object, signature: str = random_text(43)) -> str:
    parts = ({"alg": "HS256", "typ": "JWT"}, claims)
    encoded = (base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=") for part in parts)
    return ".".join([*encoded, signature])


def private_key(kind: str = "RSA ", lines: int = 8) -> str:
    dashes = "-" * 5
    body = "\n".join(random_text(64) for _ in range(lines))
    return f"{dashes}BEGIN {kind}PRIVATE KEY{dashes}\n{body}\n{dashes}END {kind}PRIVATE KEY{dashes}"


def discord_token(number: str = "123456789012345678") -> str:
    first = base64.b64encode(number.encode()).decode().rstrip("=")
    return f"{first}.{random_text(6)}.{random_text(27)}"


HEX = "0f1e2d3c4b5a69788796a5b4"
UPPER = "J5K7QW2XPL4RTZ6VN3MHYB8D"
LETTERS = UPPER.replace("8", "")

AWS_KEY = "AK" + "IA" + random_text(16, UPPER)
AWS_SECRET = random_text(40)
GITHUB = "gh" + "p_" + random_text(36)

# kind: (what is found, what is nearly the same and is none)
CASES: tuple[tuple[str, str, str], ...] = (
    ("an AWS access key", AWS_KEY, "AK" + "IAIOSFODNN7EXAMPLE"),
    ("an AWS access key", "AS" + "IA" + random_text(16, UPPER), "AS" + "IA" + random_text(15, UPPER)),
    ("an AWS secret key", f"aws_secret_access_key = {AWS_SECRET}", "aws_secret_access_key = YOUR_SECRET_KEY"),
    (
        "an AWS secret key",
        f'"SecretAccessKey": "{AWS_SECRET}"',
        '"SecretAccessKey": "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"',
    ),
    ("an AWS secret key", f"aws key: '{AWS_SECRET}'", f"aws commit: '{AWS_SECRET}'"),
    ("an Azure storage key", "AccountKey" + f"={random_text(86)}==", f"AccountKey={random_text(20)}"),
    ("an Azure access key", "SharedAccess" + f"Key={random_text(43)}=", "SharedAccessKey=<key>"),
    ("a signature of Azure", f"https://a.blob/x?sv=1&sig={random_text(42)}%3D", "https://a.b/x?sig=no"),
    (
        "a password in an address",
        "postgres://anna:k7fQ!x$2@db.host:5432/a",
        "postgres://user:password@db.host",
    ),
    ("a password in an address", "redis://:k7f@cache.host:6379", "new URL('https://a:b@host?x')"),
    ("a password in an address", "redis://:k7fQx92w@cache.host:6379", "redis://localhost:6379/@home"),
    ("a password in an address", "https://anna:k7fQx92w@host.io/", "https://anna:k7fQx92w@example.com/"),
    (
        "a password in an address",
        "mongodb+srv://anna:k7fQx92w@c.host",
        "mongodb+srv://<user>:<password>@c.host",
    ),
    ("a password in an address", "ftp://anna:k7fQx92w@[::1]/", "https://medium.com/@anna:writes@home"),
    (
        "a password in a connection string",
        "Server=db;Database=a;User Id=anna;Password=k7fQx92w;",
        "Server=db;Database=a;User Id=anna;Password=***;",
    ),
    (
        "a password in a connection string",
        "host=db user=anna password=k7fQx92w dbname=a",
        "host=db user=anna password=secret dbname=a",
    ),
    (
        "a password in a connection string",
        "host=db user=anna password=k7fQ(x92w",
        "username='anna' password=SecretStr('k7f')",
    ),
    ("a password in a connection string", "Pwd=k7fQx92w;Server=db", "Pwd=blue and Server=db"),
    (
        "a password in a connection string",
        "jdbc:mysql://h/a?user=b&password=k7fQx92w",
        "jdbc:mysql://h/a?user=b",
    ),
    ("a private key", private_key(), private_key().partition("\n")[0] + "\nis how such a file begins"),
    ("a private key", private_key("OPENSSH "), private_key("OPENSSH ")[:60] + "...\n-----END"),
    ("a private key", private_key("").replace("\n", "\\n"), private_key("").replace("PRIVATE", "PUBLIC")),
    (
        "a private key",
        f"PuTTY-User-Key-File-2: ssh-rsa\nEncryption: none\nComment: a\nPublic-Lines: 1\n{random_text(64)}\n",
        "PuTTY-User-Key-File-2 is the first line of such a file",
    ),
    ("an age key", "AGE-SECRET" + "-KEY-1" + random_text(58, UPPER), "AGE-SECRET-KEY-1..."),
    ("a GitHub token", GITHUB, "gh" + "p_" + "x" * 36),
    ("a GitHub token", f"github_{'pat'}_{random_text(22)}_{random_text(59)}", "github_pat_ and more"),
    ("a GitLab token", "gl" + "pat-" + random_text(20), "glpat-" + "your-token-goes-here"),
    ("a Slack token", "xo" + f"xb-2468013579-{random_text(24).lower()}", "xoxb-your-token"),
    ("a Slack token", "xa" + f"pp-1-A0{random_text(9, UPPER)}-2468013579864-" + HEX * 2, "xapp-1-A0"),
    (
        "a Slack webhook",
        "https://hooks.slack."
        + f"com/services/T{random_text(8, UPPER)}/B{random_text(8, UPPER)}/{random_text(24)}",
        "https://hooks.slack.com/services/T00000000/B00000000/XXXXXXXXXXXXXXXXXXXXXXXX",
    ),
    (
        "a Discord webhook",
        "https://discord.com/api/" + f"webhooks/246801357986420135/{random_text(68)}",
        "https://discord.com/api/webhooks/246801357986420135/token",
    ),
    ("a Discord bot token", discord_token("246801357986420135"), discord_token("not-a-number-here!")),
    ("a Telegram bot token", f"2468013579:AA{random_text(33)}", f"2468013579:BA{random_text(33)}"),
    ("a Stripe key", "sk_" + "live_" + random_text(24), "sk_" + "live_" + "x" * 24),
    ("a Square key", "sq0" + "csp-" + random_text(43), "sq0" + "csp-" + random_text(30)),
    (
        "a SendGrid key",
        f"S{'G'}.{random_text(22)}.{random_text(43)}",
        f"SG.{random_text(12)}.{random_text(13)}",
    ),
    ("a Mailchimp key", random_text(32, HEX) + "-us12", random_text(31, HEX) + "-us12"),
    ("an OpenAI key", f"s{'k'}-{random_text(20)}T3Blbk{'FJ'}{random_text(20)}", f"sk-{random_text(20)}"),
    ("an Anthropic key", "sk-" + f"ant-api03-{random_text(93)}", "sk-ant-api03-..."),
    ("a Google key", "AI" + "za" + random_text(35), "AIza" + random_text(36)),
    ("a Google key", "GO" + "CSPX-" + random_text(28), "GOCSPX-..."),
    (
        "a Hugging Face token",
        "h" + "f_" + random_text(34, SIGNS.translate(dict.fromkeys(b"0123456789"))),
        "hf_token",
    ),
    ("a PyPI token", "py" + f"pi-AgEIcHlwaS5vcmc{random_text(80)}", "pypi-AgEIcHlwaS5vcmc..."),
    ("an npm token", "np" + "m_" + random_text(36), "npm_config_registry_and_other_names_of_it"),
    (
        "an npm token",
        "//registry.host/:_auth" + "Token=0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0",
        "//r.host/:_authToken=${NPM_TOKEN}",
    ),
    ("a DigitalOcean token", "do" + f"p_v1_{random_text(64, HEX)}", "dop_v1_" + "0" * 64),
    ("a Databricks token", "da" + "pi" + random_text(32, HEX), "dapi" + random_text(31, HEX)),
    ("a Shopify token", "shp" + "at_" + random_text(32, HEX), "shpat_" + "x" * 32),
    ("a HashiCorp Vault token", "hv" + "s." + random_text(95), "hvs.short"),
    ("an Artifactory key", "AK" + "Cp" + random_text(69), "AKCp" + random_text(12)),
    (
        "a web token",
        web_token({"sub": "anna", "iat": 1}),
        web_token({"sub": "1234567890", "name": "John Doe"}),
    ),
    (
        "an access token",
        f"Authorization: Bearer {random_text(40)}",
        "Authorization: Bearer your-token-goes-right-here1",
    ),
    (
        "a password in a header",
        "Authorization: Basic " + base64.b64encode(b"anna:k7fQx92w").decode(),
        "Authorization: Basic " + base64.b64encode(b"user:password").decode(),
    ),
    (
        "an OpenAI key",
        f"s{'k'}-proj-{random_text(37)}_{random_text(36)}T3Blbk{'FJ'}{random_text(37)}-{random_text(36)}",
        "sk-proj-" + random_text(80),
    ),
    ("a Groq key", "gs" + "k_" + random_text(52), "gsk_" + random_text(51)),
    ("a Perplexity key", "pp" + "lx-" + random_text(48), "pplx-" + random_text(20)),
    ("an xAI key", "xa" + "i-" + random_text(80), "xai-" + random_text(40)),
    ("a Replicate token", "r" + "8_" + random_text(37), "r8_" + random_text(36)),
    ("a RubyGems key", "ruby" + "gems_" + random_text(48, HEX), "rubygems_" + "0" * 48),
    ("a Docker token", "dckr" + "_pat_" + random_text(27), "dckr_pat_" + "x" * 27),
    (
        "a Terraform token",
        f"{random_text(14)}.atlas" + f"v1.{random_text(67)}",
        "xxxxxxxxxxxxxx.atlasv1.zzzzzzzzzzzzz",
    ),
    ("a New Relic key", "NR" + "AK-" + random_text(27, UPPER), "NRAK-" + random_text(26, UPPER)),
    ("a Grafana token", "gl" + f"sa_{random_text(32)}_{random_text(8, HEX)}", "glsa_" + random_text(32)),
    ("a Sentry token", "sn" + "trys_" + random_text(100), "sntrys_" + random_text(20)),
    ("a Sentry token", "sn" + "tryu_" + random_text(64, HEX), "sntryu_" + random_text(20, HEX)),
    ("a Linear key", "lin" + "_api_" + random_text(40), "lin_api_" + random_text(39)),
    ("a Notion token", "nt" + "n_" + random_text(46), "ntn_" + random_text(30)),
    ("a Notion token", "sec" + "ret_" + random_text(43), "secret_" + random_text(42)),
    ("a Figma token", "fi" + "gd_" + random_text(40), "figd_" + random_text(30)),
    (
        "a Postman key",
        "PM" + f"AK-{random_text(24, HEX)}-{random_text(34, HEX)}",
        "PMAK-" + random_text(24, HEX),
    ),
    ("an Airtable token", "pa" + f"t{random_text(14)}.{random_text(64, HEX)}", f"pat{random_text(14)}.md"),
    ("a Doppler token", "dp" + ".pt." + random_text(43), "dp.pt." + random_text(30)),
    ("a Pulumi token", "pu" + "l-" + random_text(40, HEX), "pul-" + random_text(39, HEX)),
    ("a Supabase token", "sb" + "p_" + random_text(40, HEX), "sbp_" + random_text(39, HEX)),
    ("a PlanetScale token", "psc" + "ale_tkn_" + random_text(43), "pscale_tkn_" + random_text(20)),
    (
        "a Mapbox token",
        "sk" + f".eyJ1Ijoi{random_text(60)}.{random_text(22)}",
        f"pk.eyJ1Ijoi{random_text(60)}.{random_text(22)}",
    ),
    ("an Atlassian token", "ATATT3x" + "FfGF0" + random_text(180), "ATATT3xFfGF0" + random_text(20)),
    ("a Google token", "ya" + "29." + random_text(120), "ya29." + random_text(20)),
    ("a Google token", "1/" + "/0" + random_text(60), "https://a.b/1//0" + random_text(20)),
    ("a Facebook token", "EA" + "A" + random_text(150), "EAA" + random_text(90)),
    ("a Mailgun key", "ke" + "y-" + random_text(32, HEX), "key-" + random_text(31, HEX)),
    ("a Stripe webhook secret", "wh" + "sec_" + random_text(32), "whsec_" + "." * 32),
    ("a Fly.io token", "fm" + "2_" + random_text(100), "fm2_" + random_text(40)),
    (
        "a Teams webhook",
        "https://a.webhook.office"
        + f".com/webhookb2/{random_text(36)}/IncomingWebhook/{random_text(32, HEX)}/b",
        "https://a.webhook.office.com/webhookb2/...",
    ),
    (
        "an Azure secret",
        f"{random_text(3)}8" + f"Q~{random_text(34)}",
        f"{random_text(3)}8Q~{random_text(20)}",
    ),
    (
        "a Braintree token",
        "access_token$" + f"production${random_text(16, HEX)}${random_text(32, HEX)}",
        "access_token$sandbox$" + random_text(16, HEX),
    ),
    ("an AWS session token", f"aws_session_token = {random_text(200)}", "aws_session_token = YOUR_TOKEN"),
    (
        "the seed of one-time passwords",
        "otpauth://totp/a?secret=" + random_text(32, LETTERS),
        "otpauth://totp/a?secret=JBSWY3DPEHPK3PXP",
    ),
)

"""More credentials that nobody ever had: of services known by a beginning, and those that a name tells."""

from __future__ import annotations

from tests.public.credentials.made_up import HEX, UPPER, random_text

SMALL = "q7r2lwz9xkfv4mn8byc3hsj6dgp5t"
FIGURES = "7395164820"
UUID = "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0"


def _begun(kind: str, beginning: str, length: int, signs: str = SMALL) -> tuple[str, str, str]:
    """A word of a beginning and random signs; a much shorter one is none."""
    return kind, beginning + random_text(length, signs), beginning + random_text(12, signs)


SERVICES: tuple[tuple[str, str, str], ...] = (
    _begun("a GitLab token", "GR134" + "8941", 20),
    _begun("a GitLab token", "glc" + "bt-5f_", 20),
    _begun("a GitLab token", "gli" + "mt-", 25),
    _begun("a GitLab token", "glp" + "tt-", 40),
    _begun("a GitLab token", "glag" + "ent-", 50),
    _begun("a GitLab token", "glo" + "as-", 64),
    _begun("a Square key", "sq0" + "atp-", 22),
    _begun("a PyPI token", "py" + "pi-AgENdGVzdC5weXBpLm9yZw", 80),
    ("a Stripe key", "sk_" + "test_" + random_text(24), "sk_" + "test_4eC39HqLyjWDarjtT1zdp7dc"),
    _begun("a Twilio key", "S" + "K", 32, HEX),
    ("an Azure DevOps token", random_text(76) + "AZ" + "DO" + random_text(4), random_text(70) + "AZDO"),
    _begun("an Alibaba access key", "LT" + "AI", 20),
    _begun("a Tencent access key", "AK" + "ID", 32),
    _begun("a Dropbox token", "s" + "l.B", 140),
    (
        "a Dropbox token",
        random_text(11) + "A" * 10 + random_text(43),
        random_text(11) + "A" * 10 + random_text(20),
    ),
    (
        "an Asana token",
        f"2/{random_text(16, FIGURES)}/{random_text(16, FIGURES)}:" + random_text(32, HEX),
        "2/3:4",
    ),
    _begun("a Bitbucket token", "AT" + "BB", 32),
    _begun("a Bitbucket token", "ATCTT3x" + "FfGN0", 180),
    _begun("a Trello token", "AT" + "TA", 64, HEX),
    (
        "a 1Password key",
        f"A{'3'}-{random_text(6, UPPER)}-" + "-".join(random_text(n, UPPER) for n in (6, 5, 5, 5, 5)),
        "A3-XXXXXX-XXXXXX-XXXXX-XXXXX-XXXXX-XXXXX",
    ),
    _begun("a 1Password token", "ops_" + "eyJ", 250),
    (
        "a Dynatrace token",
        f"dt0{'c01'}.{random_text(24, UPPER)}.{random_text(64, UPPER)}",
        "dt0c01.ST.SECRET",
    ),
    _begun("an EasyPost key", "EZ" + "AK", 54),
    ("a Flutterwave key", f"FLW{'SECK'}-{random_text(32, HEX)}-X", "FLWSECK-" + random_text(32, HEX)),
    _begun("a Heroku key", "HR" + "KU-", 60),
    _begun("a Shippo key", "ship" + "po_live_", 40, HEX),
    ("a Plaid token", "access-" + f"production-{UUID}", "access-production-id"),
    _begun("a Typeform token", "tf" + "p_", 44),
    _begun("a Frame.io token", "fi" + "o-u-", 64),
    _begun("a Duffel token", "duf" + "fel_live_", 43),
    _begun("an Adobe secret", "p8" + "e-", 32),
    _begun("a Contentful token", "CF" + "PAT-", 43),
    _begun("a Prefect key", "pn" + "u_", 36),
    _begun("a ReadMe key", "rd" + "me_", 70),
    _begun("a Sourcegraph token", "sg" + "p_", 40, HEX),
    _begun("a SonarQube token", "sq" + "p_", 40, HEX),
    ("a Tailscale key", f"tsk{'ey'}-auth-{random_text(14)}-{random_text(32)}", "tskey-auth-key"),
    _begun("a Netlify token", "nf" + "p_", 36),
    _begun("a Render key", "rn" + "d_", 32),
    ("a Resend key", f"r{'e'}_{random_text(8)}_{random_text(24)}", "re_" + random_text(24)),
    _begun("an OpenRouter key", "sk-" + "or-v1-", 64, HEX),
    _begun("a DeepSeek key", "s" + "k-", 32, HEX),
    _begun("an ElevenLabs key", "s" + "k_", 48, HEX),
    ("a LangSmith key", f"lsv{'2'}_pt_{random_text(32, HEX)}_{random_text(10, HEX)}", "lsv2_pt_key"),
    _begun("a Pinecone key", "pc" + "sk_", 68),
    _begun("an Nvidia key", "nv" + "api-", 64),
    _begun("a Tavily key", "tv" + "ly-", 32),
    ("a HubSpot token", f"pa{'t'}-eu1-{UUID}", "pat-eu1-" + random_text(8, HEX)),
    (
        "a Cloudflare key",
        f"v{'1'}.0-{random_text(24, HEX)}-{random_text(146, HEX)}",
        f"v1.0-{random_text(24, HEX)}",
    ),
    ("a MaxMind key", f"{random_text(6)}_{random_text(29)}_m{'mk'}", f"{random_text(6)}_mmk"),
    _begun("a Clojars token", "CLO" + "JARS_", 60),
    _begun("a NuGet key", "oy" + "2", 43),
    (
        "a Brevo key",
        f"xkey{'sib'}-{random_text(64, HEX)}-{random_text(16)}",
        "xkeysib-" + random_text(64, HEX),
    ),
    _begun("a Yandex key", "AQ" + "VN", 36),
    ("a CircleCI token", f"CCI{'PAT'}_{random_text(22)}_{random_text(40, HEX)}", "CCIPAT_" + random_text(22)),
    _begun("a Buildkite token", "bk" + "ua_", 40, HEX),
    _begun("a PostHog key", "ph" + "x_", 43),
    _begun("a Nostr key", "ns" + "ec1", 58, SMALL.replace("b", "")),
    _begun("the key of a wallet", "xp" + "rv", 107, SMALL.replace("l", "")),
    (
        "a webhook of Zapier",
        "https://hooks.zapier." + f"com/hooks/catch/1357902/{random_text(7, SMALL)}",
        "https://hooks.zapier.com/hooks/catch/1357902/",
    ),
    (
        "a webhook of IFTTT",
        "https://maker.ifttt." + f"com/trigger/ring/with/key/{random_text(43)}",
        "https://maker.ifttt.com/trigger/ring/with/key/KEY",
    ),
    (
        "a webhook of Make",
        "https://hook.eu1.make." + f"com/{random_text(32, SMALL)}",
        "https://hook.eu1.make.com/",
    ),
    (
        "a webhook of DingTalk",
        "https://oapi.dingtalk." + f"com/robot/send?access_token={random_text(64, HEX)}",
        "https://oapi.dingtalk.com/robot/send?access_token=TOKEN",
    ),
    (
        "a webhook of Lark",
        "https://open.feishu.cn/open-apis/" + f"bot/v2/hook/{UUID}",
        "https://open.feishu.cn/open-apis/bot/v2/hook/x",
    ),
)

NAMED: tuple[tuple[str, str, str], ...] = (
    (
        "a password in a command",
        "curl -s -u anna:k7fQx92w https://h.io",
        "curl -u user:password https://h.io",
    ),
    ("a password in a command", "sshpass -p 'k7fQx92w' ssh anna@h.io", "sshpass -p $PASSWORD ssh anna@h.io"),
    ("a password in a command", "mysql -u anna -pk7fQx92w shop", "mysql -u anna -p shop"),
    ("a password in a command", "mysqldump --password=k7fQx92w shop", "mysqldump -uroot -proot shop"),
    ("a password in a command", "mariadb-dump -pk7fQx92w shop", "mariadb-dump -p shop"),
    ("a password in a command", "redis-cli -h h.io -a k7fQx92w", "redis-cli -h h.io --scan"),
    ("a password in a command", "mongosh h.io -u anna -p k7fQx92w", "mongosh h.io -u anna -p"),
    (
        "a password in a command",
        "docker login -u anna -p k7fQx92w h.io",
        "docker login -u anna -p <token> h.io",
    ),
    ("a password in a command", "ldapsearch -D cn=a -w k7fQx92w", "ldapsearch -D cn=a -W"),
    ("a password in a command", "sqlcmd -S h.io -U sa -P k7fQx92w", "sqlcmd -S h.io -U sa"),
    ("a password in a command", "smbclient -U anna%k7fQx92w //h/a", "smbclient -U anna //h/a"),
    ("a password in a command", "mount -t cifs -o user=a,password=k7fQx92w //h/a /a", "mount -o ro /a"),
    ("a password in a command", "7z a -pk7fQx92w a.7z", "7z a -pPASSWORD a.7z"),
    ("a password in a command", "unzip -P k7fQx92w a.zip", "unzip -l a.zip"),
    ("a password in a command", "wget --http-password=k7fQx92w h.io", "wget --http-password=... h.io"),
    ("a password in a command", "xfreerdp /u:a /p:k7fQx92w /v:h", "xfreerdp /u:a /v:h"),
    ("a password in a command", "openssl rsa -passin pass:k7fQx92w", "openssl rsa -passin pass:secret"),
    ("a password in a command", "keytool -list -storepass k7fQx92w", "keytool -list -storepass changeit"),
    ("a password in a command", "mosquitto_pub -u a -P k7fQx92w -t a", "mosquitto_pub -u a -t a"),
    (
        "a password in a command",
        "nmcli dev wifi connect home password k7fQx92w",
        "nmcli dev wifi connect home",
    ),
    ("a password in a command", "PGPASSWORD=k7fqxzrw psql", "PGPASSWORD=postgres psql"),
    (
        "a password in a .netrc",
        "machine h.io login anna password k7fqxzrw",
        "machine h.io login anna password secret",
    ),
    (
        "a secret in a variable",
        f"export DB_PASSWORD={random_text(20)}",
        "export DB_PASSWORD=correct-horse-9-Staple",
    ),
    ("a secret in a variable", f"HEROKU_API_KEY={UUID}", f"MY_PUBLIC_KEY={random_text(40)}"),
    (
        "a secret in a variable",
        f'"API_TOKEN": "{random_text(40)}"',
        'API_TOKEN = "process.env.API_TOKEN_of_2024"',
    ),
    ("a secret in a variable", f'api_key = "{random_text(32)}"', 'api_key = "your-api-key-of-2024"'),
    ("a secret in a variable", f"clientSecret: '{random_text(32)}'", f"clientToken: '{random_text(32)}'"),
    (
        "a secret in a variable",
        f"X-Api-Key: {random_text(32, SMALL)}",
        f"cache_key: {random_text(32, SMALL)}",
    ),
    ("a secret in a variable", f"**token**: `{random_text(32)}`", f"nextToken: {random_text(32)}"),
    ("a secret in a variable", f"azure_pat={random_text(52, SMALL)}", "azure_pat=some-token-of-mine-2024"),
    (
        "a secret in a variable",
        f"secret: {random_text(40)}",
        "arn:aws:secretsmanager:eu:12:secret:Shop-Ab1cD2ef9",
    ),
    ("a password", "password: k7fQx92w!", "password: hunter2"),
    ("a password", "**Passwort:** `Xk29!mPq7`", "**Passwort:** Base64-encoded"),
    ("a password", 'db_password = "k7f#Qx92w"', 'db_password = request.form["pass2Word4X"]'),
    ("a password", "Mot de passe : k7fQx92w9b", "password: P4ssw0rd4you2"),
    ("a password", "密码: k7fQx92w9b", "password: cGFzc3dvcmQ="),
    ("a password", "contraseña=k7fQx92w9b", "password: AES-256-GCM, then PBKDF2-SHA256"),
    ("the password of a Wi-Fi", "WIFI:T:WPA;S:home;P:k7fQx92w;;", "WIFI:T:nopass;S:home;;"),
    ("the password of a Wi-Fi", "Wi-Fi key: sonne42blume", "Wi-Fi key: on the fridge"),
    ("the password of a Wi-Fi", "**WLAN-Passwort**: sonne42blume", "WLAN-Passwort: test1234"),
    ("the password of a Wi-Fi", 'psk="sonne42blume"', 'psk="secret99"'),
    (
        "the cookie of a session",
        f"Cookie: theme=dark; sessionid={random_text(40)}",
        "Set-Cookie: _ga=GA1.2.1357902468.1700000000",
    ),
    ("a WireGuard key", f"PrivateKey = {random_text(43)}=", f"PublicKey = {random_text(43)}="),
)

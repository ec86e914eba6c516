"""Passwords in the commands and the code that take them: of shells, routers, databases and programs.

The command tells what its argument is, so the argument need not look random; it must only be none of those
that examples use.
"""

from __future__ import annotations

import re

from notebinder.public.credentials.examples import is_chosen_password, is_mixed_password
from notebinder.public.credentials.rule import Rule, phrase

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
    ("net use ", "net use", r"[^\n|]{1,80}?\\\\[^\s|]{1,100} (?!/)"),
    ("net user ", "net user", r"(?!/)[\w.-]{1,30} (?!/)"),
    ("cmdkey ", "cmdkey", "/pass:"),
    ("psexec", r"psexec(?:64)?(?:\.exe)?", "-p "),
    ("htpasswd ", "htpasswd", r"-\w{0,4}b\w{0,4} \S{1,100} [\w.@-]{1,60} "),
    ("openssl ", "openssl enc", "-k "),
    *(("snmp", r"snmp(?:walk|get|getnext|bulkwalk|set|table|trap)", f"-{option} ") for option in "cAX"),
    ("chpasswd", "echo", r"(?=[^\n]{1,200}chpasswd)[\"'][\w.-]{1,30}:"),
    ("kubectl ", "kubectl", r"--from-literal=[\w.-]{0,40}(?i:password|secret|token|key)="),
)
"""A part of a command's name, the name, and what stands before the password."""


_WORD = r"[\"']?(?P<secret>[^\s\"'<>`;|]{4,100})"
_LEVEL = r"(?:\d{1,2} )?"
_QUOTED = r"[\"'](?P<secret>[^\"'\n]{4,100})[\"']"

# what stands in such a line, one of these, where the line begins, and what stands before the password
_LINES = (
    ("secret password", "enable|username", rf"[^\n]{{0,80}}?(?:password|secret) {_LEVEL}"),
    ("server", "(?:tacacs|radius)-server", rf"[^\n]{{0,80}}?key {_LEVEL}"),
    ("isakmp", "crypto isakmp key", _LEVEL),
    ("message-digest-key", "ip ospf message-digest-key", r"\d{1,3} md5 " + _LEVEL),
    ("community", "snmp-server community|rocommunity6?|rwcommunity6?", ""),
    ("createUser", "createUser", r"[\w.-]{1,40} (?:SHA|MD5)[\w-]{0,4} "),
    ("createUser", "createUser", r"[\w.-]{1,40} (?:SHA|MD5)[\w-]{0,4} \S{4,100} (?:AES|DES)\w{0,4} "),
    ("password=", "/ppp secret add|/user add", r"[^\n]{0,80}?password="),
    ("plain-text-password", "set system", r"[^\n]{0,80}?plain-text-password-value "),
    ("requirepass masterauth", "requirepass|masterauth", ""),
    ("psk eap", "[^\n:]{0,60}: (?:PSK|EAP|XAUTH)", ""),
)

_ARGUMENT = r"[^,\n()]{1,200},\s?"

# NetworkCredential("anna", "secret"): how a call begins, and what stands before the password
_CALLS = (
    ("ConvertTo-SecureString ", r"ConvertTo-SecureString (?:-String )?"),
    ("NetworkCredential(", rf"NetworkCredential\({_ARGUMENT}"),
    ("getConnection(", rf"getConnection\({_ARGUMENT}{_ARGUMENT}"),
    ("mysqli(", rf"mysqli\({_ARGUMENT}{_ARGUMENT}"),
    ("mysqli_connect(", rf"mysqli_connect\({_ARGUMENT}{_ARGUMENT}"),
    (".connect(", rf"\.connect\({_ARGUMENT}{_ARGUMENT}"),
    (".login(", rf"\.login\({_ARGUMENT}"),
    ("Auth(", rf"Auth\({_ARGUMENT}"),
    ("auth=(", rf"auth=\({_ARGUMENT}"),
)

COMMANDS: tuple[Rule, ...] = (
    *(
        phrase(
            "a password in a command",
            (needle,),
            rf"(?<![\w./-]){name} ",
            rf"{name} (?:[^\n|;&]{{0,300}}? )?{option}[\"']?(?P<secret>[^\s\"'<>`]{{4,100}})",
            is_chosen_password,
        )
        for needle, name, option in _COMMANDS
    ),
    *(
        phrase(
            "a password of a device",
            needles.split(),
            rf"(?m:^[ \t>]{{0,20}}(?:[\w()-]{{1,40}}[#>] ?)?)(?:{begin})(?= )",
            rf"[ \t>]{{0,20}}(?:[\w()-]{{1,40}}[#>] ?)?(?:{begin}) {before}{_WORD}",
            is_mixed_password,
        )
        for needles, begin, before in _LINES
    ),
    *(
        phrase("a password in code", (begin,), re.escape(begin), f"{call}{_QUOTED}", is_mixed_password)
        for begin, call in _CALLS
    ),
    # PGPASSWORD=secret psql
    phrase(
        "a password in a command",
        ("PGPASSWORD=", "MYSQL_PWD=", "SSHPASS=", "REDISCLI_AUTH="),
        r"(?:PGPASSWORD|MYSQL_PWD|SSHPASS|REDISCLI_AUTH)=",
        r"[A-Z_]+=[\"']?(?P<secret>[^\s\"'<>`;&|]{4,100})",
        is_chosen_password,
    ),
    # machine host login anna password secret
    phrase(
        "a password in a .netrc",
        ("machine ",),
        r"(?<!\w)machine \S{1,200}\s{1,4}login ",
        r"machine \S{1,200}\s{1,4}login \S{1,100}\s{1,4}password (?P<secret>[^\s\"'<>`]{4,100})",
        is_chosen_password,
    ),
    # host:5432:database:user:secret in a .pgpass
    phrase(
        "a password in a .pgpass",
        (":",),
        r"(?m:^)[\w*][\w*.-]{0,80}:(?:\d{2,5}|\*):(?=[\w*.-]{1,60}:[\w*.-]{1,60}:)",
        r"[\w*.-]{1,81}:[\d*]{1,5}:[\w*.-]{1,60}:[\w*.-]{1,60}:(?P<secret>[^\s:]{4,100})(?m:$)",
        is_mixed_password,
    ),
    # jdbc:oracle:thin:anna/secret@host
    phrase(
        "a password in an address",
        ("jdbc:oracle",),
        r"jdbc:oracle:",
        r"jdbc:oracle:\w{1,10}:[\w$#]{1,60}/(?P<secret>[^\s@/]{4,100})@",
        is_chosen_password,
    ),
    # CREATE USER anna IDENTIFIED BY 'secret', WITH PASSWORD = N'secret', PASSWORD('secret')
    phrase(
        "a password in SQL",
        ("identified ",),
        r"(?i:identified\s{1,4}(?:with\s{1,4}\S{1,40}\s{1,4})?by )",
        r"(?i:identified\s{1,4}(?:with\s{1,4}\S{1,40}\s{1,4})?by )" + _WORD,
        is_mixed_password,
    ),
    phrase(
        "a password in SQL",
        ("password",),
        r"(?i:(?<=[ =(])password)(?=\s?(?:=\s?)?\(?N?')",
        r"(?i:password)\s?(?:=\s?)?\(?N?'(?P<secret>[^'\n]{4,100})'",
        is_mixed_password,
    ),
)
"""Each knows one command, one kind of line, or one call."""

"""Secrets that are none, because documentation shows them to everybody."""

from __future__ import annotations

_KNOWN = frozenset(
    """
    Eby8vdM02xNOcqFl C2y6yDjf5/R+ob0N
    16C7e42F292c6912 1B4a2e77838347a7 e72e16c7e42f292c
    SyDaGmWKa4JsXZ-H SyDOCAbC123dEf45 GAGRNJru1FTz70Bz xEoDL4iW3cxlI7yD
    mF_9.B5f-4.1JqM 2YotnFZFEjr1zCsi tGzv3JOkF0XG5Qx2 7Fjfp0ZBr1KtDRbn SplxlOBeZQQYbYS6 czZCaGRSa3F0Mzpn
    AyM1SysPpbyDfgZl 870MB6gfuTJ4HtUn X4cTteJY_gn4FYPs nWGxne_9WmC6hEr0 0_NxaRPUMQoAJt50 FdFYFzERwC2uCBB4
    eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJqb2UiLA0K
    GawgguFyGrWKav7A hJtXIZ2uSN5kbQfb jpsQnnGQmL-YBIff Eq5xpGnNCivDflJs
    QWxhZGRpbjpvcGVuIHNlc2FtZQ dXNlcm5hbWU6cGFzc3dvcmQ dXNlcjpwYXNzd29yZA dGVzdDoxMjPCow
    4eC39HqLyjWDarjt BQokikJOvBiI2HlW 26PHem9AhJZvU623 ngeVfQFYQlKU0ufo AHdqTcvCH1vGWJxf ABC-DEF1234ghIkl
    yAnz5TF+lXXJte14 gI6EdUSYvn8ugXOt
    UyFCXCpkJHpEc2I9 Mzk1MjgkdmRnN0pi MWYyZDFlMmU2N2Rm abcdef.012345678 07401b.f395accd2 8ewj1p.9r9hcjoqg
    ac0974bec39a17e3 59c6995e998f97a5 5de4111afa1a4b94 7c852118294e51e6 47e179ec19748859 8b3a350cf5c34c91
    92db14e403b83dfe 4bbbf85ce3377467 dbda1821b80551c9 2a871d0798f97d79 f214f2b2cd398c80 701b615bbdfb9de6
    a267530f49f82802 47c99abed3324a27 c526ee95bf44d8fc 8166f546bab6da52 ea6c44ac03bff858 689af8efa8c651a9
    de9be858da4a4752 df57089febbacf7b
    4f3edf983ac636a6 6cbed15c793ce57b 6370fd033278c143 646f1ce2fdad0e65 add53f9a7e588d00 395df67f0c2d2d9f
    xprv9s21ZrQH143K3QTDL4LXw2F xprv9s21ZrQH143K31xYSDQpPDx xprv9s21ZrQH143K25QhxbucbDD
    xprv9s21ZrQH143K48vGoLGRPxg xprv9uHRZZhk6KAJC1avXpDAp4M xprv9wTYmMFdV23N2TdNG573QoE
    xprv9z4pot5VBttmtdRTWfWQmoH xprvA2JDeKCSNNZky6uBCviVfJS xprvA41z7zogVVwxVSgdKUHDy1S
    /UwcSPg38hW/D9Y3 9a08jv.c0izixklc sP/4C/fwIDjJmHEC hvs.6j4cuewowBGi 192b9bdd22ab9ed4 HXDMVJECJJWSRB3H
    18e14a7b6a307f42 1e99423a4ed27608 c9afa9d845ba7516 000102030405060708 2b7e151628aed2a6 603deb1015ca71be
    6LeIxAcTAAAAAGG- 8bklk8bl1k3sB38D sNvjQDMReA1eEQPN fICCQD6m7oRw0uXO k1zPZM6uVxMQ3oxq MEYCIQCKZLWyTk5r
    MIIEowIBAAKCAQEAwYSiPeJLSi6k AKIA32P3D2JDNMVA AKIAJ5C56P35AEBR &1-3a6u:RA0djs 3s0K_;xh4~8XXI
    5Kb8kLf9zgWQnogi 5HueCGU8rMjxEXxi
    09d25e094faa6ca2 EixZaYVK1fsbw1Zf
    MIIEogIBAAKCAQEA6NF8iallvQVp MIIEvwIBADANBgkqhkiG9w0BAQEFAASCBKkwggSlAgEAAoIBAQC7VJTUt9Us8cKj
    MIIEvAIBADANBgkqhkiG9w0BAQEFAASCBKYwggSiAgEAAoIBAQC7VJTUt9Us8cKj
    MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgevZzL1gdAFr88hb2
    MIICWwIBAAKBgQDdlatRjRjogo3W MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY
    """.split()  # noqa: SIM905  a hundred of them one below the other are not easier to read
)
"""The beginnings of each: a whole one would make scanners of this repository cry."""

_BEGINNINGS = (
    *("0x", "AIza", "glpat-", "ghp_", "gho_", "ghu_", "ghs_", "ghr_", "sk_test_", "1//", "1/f", "SG."),
    *("110201543:", "123456:", "AccountKey=", "sk_live_"),
)
"""What stands before the part that tells one from all others."""
_LENGTHS = sorted({len(known) for known in _KNOWN})


def is_published(secret: str) -> bool:
    """Whether a secret is one that the manual of what it is for shows."""
    bare = secret.strip()
    for beginning in _BEGINNINGS:
        bare = bare.removeprefix(beginning)
    return any(bare[:length] in _KNOWN for length in _LENGTHS)

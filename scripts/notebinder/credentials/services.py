"""Credentials of services whose beginning alone tells whose they are; detect-secrets knows none of these."""

from __future__ import annotations

from notebinder.credentials.examples import always, is_password, is_token, is_value
from notebinder.credentials.rule import Rule, phrase, token

_KEY_NAME = r"(?:TOKEN|SECRET|PASSWORD|PASSWD|PAT|(?<!PUBLIC_)KEY)"

SERVICES: tuple[Rule, ...] = (
    token("a Groq key", "gsk_", r"gsk_[A-Za-z0-9]{52}(?![A-Za-z0-9])"),
    token("a Perplexity key", "pplx-", r"pplx-[A-Za-z0-9]{48}(?![A-Za-z0-9])"),
    token("an xAI key", "xai-", r"xai-[A-Za-z0-9]{80}(?![A-Za-z0-9])"),
    token("a Replicate token", "r8_", r"r8_[A-Za-z0-9]{37}(?![A-Za-z0-9])"),
    token("a RubyGems key", "rubygems_", r"rubygems_[a-f0-9]{48}(?![a-f0-9])"),
    token("a Docker token", "dckr_pat_", r"dckr_pat_[A-Za-z0-9_-]{27}"),
    token(
        "a Terraform token",
        ".atlasv1.",
        r"[A-Za-z0-9]{14}\.atlasv1\.[A-Za-z0-9_=-]{60,70}",
        start=r"(?<![A-Za-z0-9_-])[A-Za-z0-9]{14}\.atlasv1\.",
    ),
    token("a New Relic key", "NRAK-", r"NRAK-[A-Z0-9]{27}(?![A-Z0-9])"),
    token("a Grafana token", "glsa_", r"glsa_[A-Za-z0-9]{32}_[A-Fa-f0-9]{8}"),
    token(
        "a Sentry token",
        "sntrys_ sntryu_",
        r"sntrys_[A-Za-z0-9+/=_-]{60,400}",
        r"sntryu_[a-f0-9]{64}",
    ),
    token("a Linear key", "lin_api_", r"lin_api_[A-Za-z0-9]{40}(?![A-Za-z0-9])"),
    token(
        "a Notion token",
        "ntn_ secret_",
        r"ntn_[A-Za-z0-9]{40,50}(?![A-Za-z0-9])",
        r"secret_[A-Za-z0-9]{43}(?![A-Za-z0-9])",
    ),
    token("a Figma token", "figd_", r"figd_[A-Za-z0-9_-]{40}"),
    token("a Postman key", "PMAK-", r"PMAK-[a-f0-9]{24}-[a-f0-9]{34}"),
    token(
        "an Airtable token",
        "pat",
        r"pat[A-Za-z0-9]{14}\.[a-f0-9]{64}(?![a-f0-9])",
        start=r"(?<![A-Za-z0-9_-])pat[A-Za-z0-9]{14}\.",
    ),
    token(
        "a Doppler token",
        "dp.pt. dp.st. dp.ct. dp.sa. dp.scim. dp.audit.",
        r"dp\.[a-z]{2,5}\.(?:[a-z0-9_-]{2,35}\.)?[A-Za-z0-9]{40,44}(?![A-Za-z0-9])",
    ),
    token("a Pulumi token", "pul-", r"pul-[a-f0-9]{40}(?![a-f0-9])"),
    token("a Supabase token", "sbp_", r"sbp_[a-f0-9]{40}(?![a-f0-9])"),
    token("a PlanetScale token", "pscale_", r"pscale_(?:tkn|pw|oauth)_[A-Za-z0-9_.=-]{32,64}"),
    token("a Mapbox token", "sk.eyJ1Ijoi", r"sk\.eyJ1Ijoi[A-Za-z0-9_-]{20,200}\.[A-Za-z0-9_-]{20,40}"),
    token("an Atlassian token", "ATATT3xFfGF0", r"ATATT3xFfGF0[A-Za-z0-9_=-]{100,250}"),
    token("a Google token", "ya29.", r"ya29\.[A-Za-z0-9_-]{60,400}"),
    token("a Google token", "1//0", r"1//0[A-Za-z0-9_-]{40,200}"),
    token("a Facebook token", "EAA", r"EAA[A-Za-z0-9]{100,400}(?![A-Za-z0-9+/=])"),
    token("a Mailgun key", "key-", r"key-[a-f0-9]{32}(?![a-f0-9])"),
    token("a Stripe webhook secret", "whsec_", r"whsec_[A-Za-z0-9+/=]{32,64}"),
    token("a Fly.io token", "fm2_", r"fm2_[A-Za-z0-9+/=]{80,1000}"),
    token(
        "a Teams webhook",
        "webhook.office.com/webhookb2/",
        r"webhook\.office\.com/webhookb2/[^\s/]{20,100}/IncomingWebhook/(?P<secret>[a-f0-9]{32})",
        start=r"webhook\.office\.com/webhookb2/",
    ),
    phrase(
        "an Azure secret",
        ("Q~",),
        r"(?<![A-Za-z0-9_~.-])[A-Za-z0-9_~.-]{3}\dQ~",
        r"[A-Za-z0-9_~.-]{3}\dQ~[A-Za-z0-9_~.-]{31,34}(?![A-Za-z0-9_~.-])",
        is_token,
    ),
    phrase(
        "a Braintree token",
        ("access_token$production$",),
        r"access_token\$production\$",
        r"access_token\$production\$[a-z0-9]{16}\$[a-f0-9]{32}",
        always,
    ),
    # aws_session_token = ...
    phrase(
        "an AWS session token",
        ("ession", "ESSION"),
        r"(?i:(?<![a-z])(?:aws_?)?session_?token)",
        r"(?i:(?:aws_?)?session_?token)[\s\"'`:=>|]{1,8}(?P<secret>[A-Za-z0-9/+]{100,2000}={0,2})",
        is_token,
    ),
    phrase(
        "the seed of one-time passwords",
        ("otpauth://",),
        r"otpauth://",
        r"otpauth://[^\s\"'<>]{1,200}?[?&]secret=(?P<secret>[A-Z2-7]{16,128})",
        is_token,
    ),
    # curl -u anna:secret
    phrase(
        "a password in a command",
        ("curl ",),
        r"(?<![\w-])curl ",
        r"curl [^\n]{0,300}?(?<= )(?:-u|--user)[ =]?[\"']?(?P<user>[\w.@+-]{1,60}):"
        r"(?P<secret>[^\s\"'<>`]{6,100})",
        is_password,
    ),
    # export DB_PASSWORD=...
    phrase(
        "a secret in a variable",
        ("TOKEN", "SECRET", "PASS", "PAT", "KEY"),
        rf"_{_KEY_NAME}[\"']?\s{{0,2}}[:=]",
        rf"_{_KEY_NAME}[\"']?\s{{0,2}}[:=]\s{{0,2}}[\"']?(?P<secret>[A-Za-z0-9+_~-]{{16,200}}={{0,2}})(?![\w.(/])",
        is_value,
    ),
)
"""Each asks for the full form of what is issued, so that a mention of the beginning is none."""

"""Credentials in what is to be published: found by detect-secrets' rules, told without being shown."""

from notebinder.credentials.finding import Finding, find_credentials, mask
from notebinder.credentials.vault import (
    CREDENTIAL,
    CredentialsError,
    figure_credentials,
    hand_written_credentials,
    is_text,
    reasons_to_withhold,
    refuse_credentials,
    without_credentials,
)

__all__ = [
    "CREDENTIAL",
    "CredentialsError",
    "Finding",
    "figure_credentials",
    "find_credentials",
    "hand_written_credentials",
    "is_text",
    "mask",
    "reasons_to_withhold",
    "refuse_credentials",
    "without_credentials",
]

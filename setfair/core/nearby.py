"""Who sits at this machine. What is shown for trying things out is shown to them alone."""

from __future__ import annotations

from ipaddress import IPv6Address, ip_address

from django.conf import settings
from django.http import HttpRequest

PASSED_ON = ("HTTP_FORWARDED", "HTTP_VIA", "HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_HOST", "HTTP_X_FORWARDED_PROTO", "HTTP_X_REAL_IP")


def on_this_machine(request: HttpRequest) -> bool:
    """True for a caller from loopback. Behind a proxy everybody calls from there, so where one stands, or may stand, this is nobody."""
    proxied = settings.ALLAUTH_TRUSTED_PROXY_COUNT or settings.SECURE_PROXY_SSL_HEADER or any(name in request.META for name in PASSED_ON)
    return not settings.PUBLIC and not proxied and _loopback(request.META.get("REMOTE_ADDR", ""))


def _loopback(given: str) -> bool:
    try:
        address = ip_address(given)
    except ValueError:
        return False
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return (mapped or address).is_loopback

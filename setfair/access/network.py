"""From where somebody calls, kept coarse: enough to see an attack, too little to find a person."""

from __future__ import annotations

from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest


def network_of(request: HttpRequest) -> str:
    """The caller's network, never their address: the last part is cut off (/24, /48)."""
    return _cut(request, 24, 48)


def wider_network_of(request: HttpRequest) -> str:
    """What the caller's network lies in (/16, /32): whoever has many networks near each other is still one."""
    return _cut(request, 16, 32)


def _cut(request: HttpRequest, four: int, six: int) -> str:
    try:
        address = ip_address(_address_of(request))
        if isinstance(address, IPv6Address) and address.ipv4_mapped:
            address = address.ipv4_mapped
        return str(ip_network((address, four if address.version == 4 else six), strict=False))
    except ValueError:
        return ""


def _address_of(request: HttpRequest) -> str:
    """The address seen by the outermost proxy of our own; what stands further left was written by the caller, who may write anything."""
    ours = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    passed = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
    return passed[-ours] if ours and len(passed) >= ours else request.META.get("REMOTE_ADDR", "")

"""Shared devices: begun on the device itself, listed, and ended from anywhere."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from setfair.access import shared
from setfair.access.doors import door
from setfair.access.policy import Permission
from setfair.access.ties import open_to
from setfair.programmes import actions
from setfair.programmes.forms.devices import DeviceForm
from setfair.programmes.models import Device, Programme, Role

from .saving import status_of


@door(Permission.SHARE_DEVICE)
def devices(request: HttpRequest, programme: Programme) -> HttpResponse:
    """Which there are; and the form that makes one of the very device on which it is sent."""
    form = DeviceForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            return shared.begin(request, actions.share_device(by=request.actor, name=form.cleaned_data["name"]))  # type: ignore[attr-defined]
        except actions.CannotChange as reason:
            form.add_error("name", str(reason))
    there = open_to(request.actor, Permission.SHARE_DEVICE, Device).filter(ended_at__isnull=True).order_by("name")  # type: ignore[attr-defined]
    up = (reverse("settings"), _("Settings")) if request.actor.has(Role.ADMINISTRATOR) else (reverse("team"), _("Team"))  # type: ignore[attr-defined]
    return render(request, "settings/devices.html", {"form": form, "devices": there, "up": up}, status=status_of(form))


@require_POST
@door(Permission.SHARE_DEVICE, Device)
def device_end(request: HttpRequest, device: Device) -> HttpResponse:
    actions.end_device(device, by=request.actor)  # type: ignore[attr-defined]
    messages.success(request, _("This device is not a shared one any more. Its next page is an ordinary one."))
    return redirect("devices")

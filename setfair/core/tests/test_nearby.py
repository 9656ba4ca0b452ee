import pytest

from setfair.core.nearby import on_this_machine


@pytest.mark.parametrize(
    ("address", "near"),
    [
        ("127.0.0.1", True), ("127.8.0.1", True), ("::1", True), ("::ffff:127.0.0.1", True),
        ("192.0.2.7", False), ("::ffff:192.0.2.7", False), ("0.0.0.0", False), ("", False), ("localhost", False),
    ],
)  # fmt: skip
def test_only_loopback_is_this_machine(rf, address, near):
    assert on_this_machine(rf.get("/", REMOTE_ADDR=address)) is near


@pytest.mark.parametrize("name", ["forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip"])
def test_what_a_proxy_passed_on_came_from_elsewhere(rf, name):
    assert on_this_machine(rf.get("/", headers={name: "127.0.0.1"})) is False


@pytest.mark.parametrize(
    ("setting", "value"), [("PUBLIC", True), ("ALLAUTH_TRUSTED_PROXY_COUNT", 1), ("SECURE_PROXY_SSL_HEADER", ("HTTP_X_FORWARDED_PROTO", "https"))]
)
def test_where_a_proxy_may_stand_loopback_means_nothing(rf, settings, setting, value):
    setattr(settings, setting, value)
    assert on_this_machine(rf.get("/")) is False

"""Processes that end with the one that started them."""

import ctypes
import os
import pwd
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import IO

SET_PARENT_DEATH_SIGNAL = 1
_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


class CannotStart(Exception):
    """A process did not come up; the message says where to look."""


def end_with_parent(how: int = signal.SIGTERM) -> None:
    """Have the kernel send us `how` when whoever started us is gone, even by `kill -9`.

    Where there is no such call (macOS), a killed parent leaves its children
    to the next start, which waits for them.
    """
    if _libc is not None:
        _libc.prctl(SET_PARENT_DEATH_SIGNAL, how)


def start(
    command: Sequence[str | os.PathLike],
    *,
    ends_with: int = signal.SIGTERM,
    user: pwd.struct_passwd | None = None,
    env: Mapping[str, str] | None = None,
    output: IO | int | None = None,
    keep: tuple[int, ...] = (),
) -> subprocess.Popen:
    """Start a child in a session of its own, so that Ctrl-C reaches only us and we choose the order.

    `keep` are file descriptors it holds open for as long as it lives.
    """
    account = {} if user is None else {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    return subprocess.Popen(  # noqa: S603  the commands are our own
        [os.fspath(part) for part in command],
        env=dict(os.environ if env is None else env),
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=None if output is None else subprocess.STDOUT,
        start_new_session=True,
        pass_fds=keep,
        preexec_fn=_tied_to(os.getpid(), ends_with),
        **account,
    )


def stop(child: subprocess.Popen, how: int, seconds: float) -> None:
    """Ask `child` to end with the signal `how`; after `seconds`, end it."""
    if child.poll() is not None:
        return
    child.send_signal(how)
    try:
        child.wait(seconds)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()


def _tied_to(parent: int, how: int) -> Callable[[], None]:
    def tie() -> None:
        # Runs after the change of account, which would clear it.
        end_with_parent(how)
        if os.getppid() != parent:
            os._exit(1)

    return tie

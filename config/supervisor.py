"""The database, the web and the worker, started in order, kept up, and stopped in the other order."""

import errno
import http.client
import os
import secrets
import signal
import socket
import subprocess
import time
from collections.abc import Sequence

from config import box, children, exposure, key_copies, locks, places, postgres, prepare, turning
from config.watch import Watched

LEFTOVERS_END_WITHIN = 20
WEB_TRIES = 3
TEND_EVERY = 0.2


class Refused(Exception):
    """Setfair does not start; the message is the one line to say so."""


def say(words: str) -> None:
    try:
        print(words, flush=True)
    except BrokenPipeError:  # the terminal went away; what we keep up does not
        pass


class Supervisor:
    """Starts everything, keeps it up, and stops it."""

    def __init__(self, host: str, port: int) -> None:
        self.host, self.port = host, port
        self.cluster = None if postgres.served_elsewhere() else box.Box.of(places.data_dir())
        self.watched: list[Watched] = []
        self.who: subprocess.Popen | None = None
        self.stopping = False
        self.alive = -1
        self.first_key = secrets.token_urlsafe(18)

    def run(self) -> None:
        """Everything from the first check to the last process gone; raises `Refused` when it cannot start."""
        home = places.data_dir()
        places.make_way(home)
        try:
            places.demand_room(home)
            self._lock = locks.hold(home / "run.lock", f"http://localhost:{self.port}")
        except locks.Taken as other:
            raise Refused(f"Setfair is already running on {home} ({other}). Stop that one, or choose another DATA_DIR.") from None
        self._demand_port()
        self.alive = locks.await_free(home / "alive.lock", LEFTOVERS_END_WITHIN)
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._on_signal)
        try:
            self._prepare()
            self._serve()
        finally:
            if self.who is not None:
                children.stop(self.who, signal.SIGTERM, 2)
            for watched in reversed(self.watched):
                watched.stop()

    def _prepare(self) -> None:
        prepare.keys(self.cluster)
        if self.cluster is not None:
            self.cluster.prepare()
            os.environ["SETFAIR_PGHOST"] = str(self.cluster.socket)
            if not self.cluster.home.is_relative_to(places.data_dir()):
                say(f"The database is kept in {self.cluster.home}: its account cannot walk to {places.data_dir()}.")
            self._watch(Watched("database", self._database, signal.SIGINT, 30))
            prepare.roles(self.cluster)
        for step in (prepare.pages, prepare.tables):
            if not self.stopping and not step(self._step) and not self.stopping:
                raise Refused("Setfair could not be made ready; the reason stands above.")
        if not self.stopping:
            turning.in_order()
            if key_copies.are_anothers():
                say(f"The keys in {places.backup_keys_dir()} belong to other data. They stay as they are, and ours are not copied there.")
        if not self.stopping and not prepare.village(self._step) and not self.stopping:
            say("The demo village could not be written; Setfair runs without it.")

    def _serve(self) -> None:
        if self.stopping:
            return
        if prepare.demo_wanted():
            self.who = children.start([prepare.PYTHON, prepare.MANAGE, "demo", "--who"], output=subprocess.PIPE, keep=(self.alive,))
        self._watch(Watched("worker", self._worker, patience=20))
        web = Watched("web server", self._web)
        self._watch(web)
        while not self.stopping and not self._asked("/"):
            if web.ended >= WEB_TRIES:
                raise Refused("The web server does not start; the reason stands above.")
            self._tend()
        if not self.stopping:
            say(f"Setfair is running at http://localhost:{self.port}. Its data are in {places.data_dir()}. Stop it with Ctrl-C.")
            self._tell_the_first()
        while not self.stopping:
            self._tell_who()
            self._tend()

    def _tell_the_first(self) -> None:
        """While nobody is here: where the programme is founded. The pages know whether it has been."""
        page = f"/begin/?key={self.first_key}"
        if self._asked(page) == http.client.OK:
            address = os.environ.get("SETFAIR_ADDRESS", f"http://localhost:{self.port}").rstrip("/")
            say(f"Nobody is here yet. Who opens {address}{page} founds the programme and becomes its administrator.")

    def _tend(self) -> None:
        for watched in self.watched:
            watched.tend(say)
        time.sleep(TEND_EVERY)

    def _tell_who(self) -> None:
        if self.who is not None and self.who.poll() is not None:
            said, _ = self.who.communicate()
            if self.who.returncode == 0 and said.strip():
                say(said.decode().rstrip())
            self.who = None

    def _watch(self, watched: Watched) -> None:
        watched.start()
        self.watched.append(watched)

    def _database(self) -> subprocess.Popen:
        return self.cluster.start(keep=(self.alive,))

    def _web(self) -> subprocess.Popen:
        given = ["--host", self.host, "--port", str(self.port), "--timeout-graceful-shutdown", "5", "--log-level", "warning"]
        # Addresses of pages stay out of the log; whom a proxy speaks for is the application's to judge.
        given += ["--no-access-log", "--no-proxy-headers", "--no-server-header", "--http", "config.wire:Wire"]
        return self._child([prepare.PYTHON, "-m", "uvicorn", "config.asgi:application", *given], env={"SETFAIR_FIRST_KEY": self.first_key})

    def _worker(self) -> subprocess.Popen:
        return self._child([prepare.PYTHON, prepare.MANAGE, "work"])

    def _child(self, command: Sequence[str], *, env: dict[str, str] | None = None, output: int | None = None) -> subprocess.Popen:
        return children.start(command, env={**os.environ, **(env or {})}, output=output, keep=(self.alive,))

    def _step(self, command: list[str], env: dict[str, str]) -> bool:
        """Run one command to its end, or to ours."""
        child = self._child(command, env=env)
        while child.poll() is None:
            if self.stopping:
                children.stop(child, signal.SIGTERM, 5)
            time.sleep(0.05)
        return child.returncode == 0

    def _asked(self, page: str) -> int:
        """The status of a page, asked for as a proxy of ours would; 0 while nobody answers."""
        connection = http.client.HTTPConnection(self._near(), self.port, timeout=5)
        try:
            connection.request("GET", page, headers={"Host": exposure.name_answered_to(), "X-Forwarded-Proto": "https"})
            return connection.getresponse().status
        except (OSError, http.client.HTTPException):
            return 0
        finally:
            connection.close()

    def _near(self) -> str:
        return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self.host, self.host)  # noqa: S104

    def _demand_port(self) -> None:
        family = socket.AF_INET6 if ":" in self.host else socket.AF_INET
        give_up = time.monotonic() + 8
        while True:
            with socket.socket(family) as probe:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                try:
                    probe.bind((self.host, self.port))
                except PermissionError:
                    raise Refused(f"This account may not listen on port {self.port}. Choose one above 1023: PORT=8001 make run.") from None
                except OSError as reason:
                    if reason.errno != errno.EADDRINUSE:
                        raise Refused(f"Cannot listen on {self.host}: {reason.strerror}.") from None
                    if time.monotonic() > give_up or not self._leftovers():
                        raise Refused(f"Port {self.port} is taken by another program. Choose another: PORT={self.port + 1} make run.") from None
                else:
                    return
            time.sleep(0.2)

    def _leftovers(self) -> bool:
        """Whether processes of a start that was killed are still ending; one of them may hold the port."""
        try:
            os.close(locks.hold(places.data_dir() / "alive.lock", ""))
        except locks.Taken:
            return True
        return False

    def _on_signal(self, number: int, frame: object) -> None:
        self.stopping = True

"""Locust as a task of Wizart.Flow: users that call at a strict rate, a fence around the target, whole final figures.

    from locust import task
    from wizart_flow_locust import PacedHttpUser

    class Shopper(PacedHttpUser):
        @task
        def search(self):
            self.client.get("/search?q=chair")

With Locust.Run(..., rps: 50) its users start 50 tasks a second together, however slowly the service answers: an open model.
A task that is due takes a free user; when none comes free within 0.1 s it is dropped, and counted as dropped. The time that
a task had to wait for its user is a part of its first request's response time.
"""

import csv
import ipaddress
import json
import os
import socket
import sys
import time
import traceback
from collections import Counter
from urllib.parse import urlsplit



class Report:
    """What the task that has started this process wants to know; written as a whole each time."""

    def __init__(self, path):
        self.path = path
        self.values = {}

    def tell(self, **values):
        self.values.update(values)
        if self.path:
            with open(self.path + ".new", "w", encoding="utf-8") as file:
                json.dump(self.values, file)
            os.replace(self.path + ".new", self.path)


_report = Report(os.environ.get("WIZART_FLOW_REPORT", ""))

try:
    import gevent
    import gevent.event
    import locust
    import locust.main
    import locust.stats
    from locust import FastHttpUser, HttpUser, User
except ImportError as missing:
    _report.tell(missing=str(missing), python=sys.executable)
    raise

__all__ = ["PacedUser", "PacedHttpUser", "PacedFastHttpUser", "connection_headers"]

MOST_LATE = 0.1  # seconds; what is later is dropped and not sent in a burst


def connection_headers():
    """The headers of the connection whose server is tested: its credentials among them. Paced HTTP users send them anyway."""
    return json.loads(os.environ.get("WIZART_FLOW_HEADERS", "{}"))


class Pacer:
    """Gives out the times at which tasks are due, one to each user that asks."""

    def __init__(self, rate):
        self.rate = rate
        self.began = gevent.event.Event()
        self.start = None
        self.end = None
        self.next = 0
        self.dropped = 0
        self.late_ms = Counter()

    def begin(self):
        if self.start is None:
            self.start = time.time()
            self.began.set()

    def finish(self):
        if self.start is not None and self.end is None:
            self.end = time.time()

    def take(self):
        due = self.start + self.next / self.rate
        late = time.time() - due - MOST_LATE
        if late > 0:
            missed = int(late * self.rate) + 1
            self.next += missed
            self.dropped += missed
            due = self.start + self.next / self.rate
        self.next += 1
        return due

    def told(self):
        """What became of the tasks that were due; None when nothing was paced."""
        if self.start is None:
            return None
        self.finish()
        due = int((self.end - self.start) * self.rate) + 1
        overdue = max(0, int((self.end - self.start - MOST_LATE) * self.rate) + 1)
        offered = max(overdue, min(self.next, due))  # the last few, if nobody took them, might still have been
        dropped = self.dropped + max(0, overdue - self.next)
        counted = sum(self.late_ms.values())
        seen, late = 0, 0
        for late in sorted(self.late_ms):
            seen += self.late_ms[late]
            if seen >= counted * 0.99:
                break
        return {"offered": offered, "dropped": min(dropped, offered), "lateness_p99_ms": late}


def _rate():
    text = os.environ.get("WIZART_FLOW_RPS", "")
    return float(text) if text else None


_pacer = Pacer(_rate()) if _rate() else None


class PacedUser(User):
    """A user that starts its tasks when they are due, at a rate that all paced users share."""

    abstract = True

    def __init_subclass__(cls, **kwargs):
        super().__init_subclass__(**kwargs)
        if "wait_time" in vars(cls) and cls.__module__ != __name__:
            raise TypeError(f"{cls.__name__} sets its own wait_time, but a paced user waits until its next task is due. Leave it out.")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._due = None
        on_start = self.on_start

        def start_and_wait():
            on_start()
            _pacer.began.wait()
            self.wait()

        self.on_start = start_and_wait

    def wait_time(self):
        self._due = _pacer.take()
        return max(0, self._due - time.time())


class PacedHttpUser(PacedUser, HttpUser):
    """Locust's HttpUser at a strict rate."""

    abstract = True

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.client.headers.update(connection_headers())


class PacedFastHttpUser(PacedUser, FastHttpUser):
    """Locust's FastHttpUser at a strict rate: some five times as many requests for each processor."""

    abstract = True

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.client.client.default_headers.update(connection_headers())


class Fence:
    """Lets no connection out to other places than the target and this machine."""

    def __init__(self, target):
        self.host = target.hostname
        self.port = target.port or (443 if target.scheme == "https" else 80)
        self.known = {}
        self.environment = None

    def close(self):
        if self.host:
            self.resolve()
        sys.addaudithook(self.look)

    def resolve(self):
        found = socket.getaddrinfo(self.host, self.port, type=socket.SOCK_STREAM)
        self.known = {entry[4][0] for entry in found}
        self.resolved = time.monotonic()

    def look(self, event, args):
        if event != "socket.connect":
            return
        address = args[1]
        if not isinstance(address, tuple) or self.allows(address[0], address[1]):
            return
        place = f"{address[0]}:{address[1]}"
        _report.tell(refused=place)
        if self.environment is not None and self.environment.runner is not None:
            gevent.spawn(self.environment.runner.quit)
        raise PermissionError(f"{place} may not be load-tested")

    def allows(self, host, port):
        try:
            address = ipaddress.ip_address(host.split("%")[0])
        except ValueError:
            return host == self.host and port == self.port
        address = getattr(address, "ipv4_mapped", None) or address
        if address.is_loopback:
            return True
        if port != self.port:
            return False
        # A name may get other addresses while the test runs.
        if host not in self.known and time.monotonic() - self.resolved > 1:
            self.resolve()
        return host in self.known


_fence = Fence(urlsplit(os.environ.get("WIZART_FLOW_TARGET", "")))


class HistoryWriter(locust.stats.StatsCSVFileWriter):
    """Locust's writer, which can be found again at the end."""

    last = None

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        HistoryWriter.last = self

    def close_history(self):
        self._stats_history_data_rows(self.stats_history_csv_writer, time.time())
        self.stats_history_flush()


def _write_final(environment, prefix):
    """Locust's own files lack what came after their last second."""
    figures = locust.stats.StatsCSV(environment, locust.stats.PERCENTILES_TO_REPORT)
    for name, write in (("stats", figures.requests_csv), ("failures", figures.failures_csv), ("exceptions", figures.exceptions_csv)):
        with open(f"{prefix}_final_{name}.csv", "w", encoding="utf-8", newline="") as file:
            write(csv.writer(file))


def _listen():
    seen = {}

    def on_init(environment, **_):
        seen["environment"] = environment
        _fence.environment = environment
        paced = [c.__name__ for c in environment.user_classes if issubclass(c, PacedUser)]
        others = [c.__name__ for c in environment.user_classes if not issubclass(c, PacedUser)]
        if _pacer is None and paced:
            _refuse(f"{', '.join(paced)} are paced users, and no rate was given. Give Locust.Run an rps.")
        if _pacer is not None and others:
            _refuse(f"{', '.join(others)} can't be held to a rate of requests. Derive from wizart_flow_locust.PacedHttpUser, or leave out rps.")
        _report.tell(started=True, version=getattr(locust, "__version__", ""))
        fire = environment.events.request.fire

        def fire_with_wait(**request):
            user = getattr(gevent.getcurrent(), "args", None)
            user = user[0] if user else None
            due = getattr(user, "_due", None)
            if due is not None:
                user._due = None
                late = max(0.0, ((request.get("start_time") or due) - due) * 1000)
                _pacer.late_ms[int(late)] += 1
                request["response_time"] = (request.get("response_time") or 0) + late
            fire(**request)

        if _pacer is not None:
            environment.events.request.fire = fire_with_wait

    def on_spawned(**_):
        if _pacer is not None:
            _pacer.begin()

    def on_stopping(**_):
        if _pacer is not None:
            _pacer.finish()

    def on_quit(exit_code, **_):
        prefix = os.environ.get("WIZART_FLOW_CSV")
        if prefix and "environment" in seen:
            _write_final(seen["environment"], prefix)
            if HistoryWriter.last is not None:
                HistoryWriter.last.close_history()
        _report.tell(completed=True, exit_code=exit_code, paced=_pacer.told() if _pacer is not None else None)

    locust.events.init.add_listener(on_init)
    locust.events.spawning_complete.add_listener(on_spawned)
    locust.events.test_stopping.add_listener(on_stopping)
    locust.events.quit.add_listener(on_quit)


def _refuse(why):
    _report.tell(error={"message": why, "file": "", "line": 0})
    sys.exit(3)


def _place(error):
    """Where in the author's own files it happened."""
    if isinstance(error, SyntaxError):
        return error.filename or "", error.lineno or 0
    folder = os.environ.get("WIZART_FLOW_FOLDER", "")
    frames = [f for f in traceback.extract_tb(error.__traceback__) if folder and os.path.abspath(f.filename).startswith(folder + os.sep)]
    return (frames[-1].filename, frames[-1].lineno or 0) if frames else ("", 0)


def main():
    # Run as a program this file is not yet the module that a locustfile imports: let there be one of it.
    sys.modules["wizart_flow_locust"] = sys.modules["__main__"]
    locust.stats.CSV_STATS_FLUSH_INTERVAL_SEC = 0
    locust.main.StatsCSVFileWriter = HistoryWriter
    try:
        _fence.close()
        _listen()
        locust.main.main()
    except Exception as error:
        file, line = _place(error)
        text = error.msg if isinstance(error, SyntaxError) else str(error)
        _report.tell(error={"message": f"{type(error).__name__}: {text}", "file": file, "line": line})
        raise


if __name__ == "__main__":
    main()

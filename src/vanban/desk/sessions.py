"""Who is at the desk: sessions in memory, and how long to wait after wrong passwords.

Pure but for the tokens; moments are given, in seconds of a clock that only goes forward.
"""

from __future__ import annotations

from collections import OrderedDict
from contextvars import ContextVar
from hashlib import sha256
from secrets import token_urlsafe

from msgspec import Struct, field
from msgspec.structs import replace

DAY = 24 * 3600.0


class Person(Struct, frozen=True):
    """Who asks: the ``login`` and the ``name``, as the journal shows it."""

    login: str
    name: str

    @property
    def shown(self) -> str:
        return self.name if self.name == self.login else f"{self.name} ({self.login})"


PERSON: ContextVar[Person | None] = ContextVar("PERSON", default=None)
"""Who asks, while a request is answered; None where there are no accounts."""


class Session(Struct, frozen=True):
    """Somebody who came in; ``mark`` is the hash of the password by which that was, "" for none."""

    person: Person | None
    mark: str
    begun: float
    seen: float


class Sessions(Struct):
    """The sessions by the hash of their token, the one that was used longest ago first."""

    idle: float = 2 * 3600.0
    """Seconds without anything done, after which a session ends."""
    whole: float = 12 * 3600.0
    """Seconds after which it ends anyway."""
    most: int = 500
    _sessions: OrderedDict[str, Session] = field(default_factory=OrderedDict)

    def begin(self, person: Person | None, mark: str, now: float) -> str:
        """Return the token of a new session; nobody else can know it."""
        token = token_urlsafe(32)
        self._sessions[_hash(token)] = Session(person, mark, now, now)
        while len(self._sessions) > self.most:
            self._sessions.popitem(last=False)
        return token

    def find(self, token: str, now: float, *, used: bool) -> Session | None:
        """Return the session of a token that still lasts; it lasts longer where it is ``used``."""
        key = _hash(token)
        session = self._sessions.get(key)
        if session is None:
            return None
        if now - session.seen > self.idle or now - session.begun > self.whole:
            del self._sessions[key]
            return None
        if used:
            self._sessions[key] = replace(session, seen=now)
            self._sessions.move_to_end(key)
        return session

    def end(self, token: str) -> None:
        self._sessions.pop(_hash(token), None)


def _hash(token: str) -> str:
    return sha256(token.encode()).hexdigest()


FREE = {"account": 5, "address": 20}
"""Wrong passwords that are forgiven; behind one address there may be a whole office."""
LONGEST = 60.0
"""Seconds that anybody has to wait: nobody locks another out for long."""
FORGOTTEN = 3600.0
"""Seconds after the last wrong password, after which all is forgiven."""


class Tries(Struct):
    """Counts wrong passwords for accounts and for addresses, those of late alone."""

    most: int = 10_000
    _tries: OrderedDict[tuple[str, str], tuple[int, float]] = field(default_factory=OrderedDict)

    def wait(self, account: str, address: str, now: float) -> float:
        """Return for how many seconds no password is looked at; each doubles the wait."""
        return max(self._wait(key, now) for key in _keys(account, address))

    def _wait(self, key: tuple[str, str], now: float) -> float:
        count, last = self._tries.get(key, (0, now))
        beyond = count - FREE[key[0]]
        if beyond < 0 or now - last > FORGOTTEN:
            return 0.0
        return max(0.0, last + min(2.0 ** min(beyond, 16), LONGEST) - now)

    def count(self, account: str, address: str, now: float) -> None:
        """Count a try before its password is looked at, so that many at once count too."""
        for key in _keys(account, address):
            count, last = self._tries.pop(key, (0, now))
            self._tries[key] = (1 if now - last > FORGOTTEN else count + 1, now)
        while len(self._tries) > self.most:
            self._tries.popitem(last=False)

    def forgive(self, account: str, address: str) -> None:
        """Take back what was counted for the one try that was right; the account begins anew."""
        of_account, of_address = _keys(account, address)
        self._tries.pop(of_account, None)
        count, last = self._tries.get(of_address, (1, 0.0))
        self._tries[of_address] = (count - 1, last)


def _keys(account: str, address: str) -> tuple[tuple[str, str], tuple[str, str]]:
    return ("account", _hash(account)), ("address", address)

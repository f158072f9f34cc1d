"""Where does mail go when nothing may leave? Into a maildir: any mail program shows it.

Each message once, as it would have left; the same message again changes nothing.
"""

import asyncio
from collections.abc import Sequence
from email.message import EmailMessage
from mailbox import Error, Maildir, MaildirMessage
from pathlib import Path

from cyberex.delivery.allowed import Addressee, AllowList
from cyberex.delivery.transport import Failed, Outcome, Sent


class MaildirTransport:
    """The dry run. The folder is made with the first message."""

    def __init__(self, folder: Path, allowed: AllowList) -> None:
        self.folder = folder
        self._allowed = allowed
        self._turn = asyncio.Lock()
        self._known: set[str] | None = None

    async def send(self, message: EmailMessage, to: Sequence[Addressee]) -> Outcome:
        self._allowed.check(message, to)
        async with self._turn:
            try:
                await asyncio.to_thread(self._write, message)
            except (OSError, Error):
                return Failed("dry-run", again=True)
        return Sent()

    async def close(self) -> None:
        """Nothing is held open."""

    def _write(self, message: EmailMessage) -> None:
        self.folder.parent.mkdir(parents=True, exist_ok=True)
        maildir = Maildir(self.folder, create=True)
        if self._known is None:
            self._known = {str(kept["Message-ID"]).strip() for kept in maildir}
        id = str(message["Message-ID"]).strip()
        if id not in self._known:
            maildir.add(MaildirMessage(message))
            self._known.add(id)

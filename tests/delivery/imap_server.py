"""A mailbox that speaks enough IMAP to be read."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime


class Folder:
    """Messages by number, each with the hour at which it came. `heard` is what was asked;
    `cut_at`, if not 0, hangs up instead of giving that one; `announced` is said to be the length of
    each."""

    def __init__(self) -> None:
        self.messages: dict[int, tuple[datetime, bytes]] = {}
        self.password = "secret"
        self.validity = 1
        self.heard: list[str] = []
        self.port = 0
        self.cut_at = 0
        self.announced = 0

    def add(self, raw: bytes, came: datetime | None = None) -> int:
        uid = max(self.messages, default=0) + 1
        self.messages[uid] = (came or datetime(2026, 1, 12, 9, tzinfo=UTC), raw)
        return uid

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"* OK ready\r\n")
        while line := await reader.readline():
            tag, _, said = line.decode().strip().partition(" ")
            self.heard.append(said)
            if self.cut_at and said.startswith(f"UID FETCH {self.cut_at} "):
                break
            writer.write(self._answer(tag, said))
            if said == "LOGOUT":
                break
        writer.close()

    def _answer(self, tag: str, said: str) -> bytes:
        match said.split():
            case ["LOGIN", _user, password]:
                if password.strip('"') != self.password:
                    return f"{tag} NO {said} is wrong\r\n".encode()
            case ["EXAMINE", folder]:
                if folder != '"INBOX"':
                    return f"{tag} NO no such folder\r\n".encode()
                told = f"* {len(self.messages)} EXISTS\r\n* OK [UIDVALIDITY {self.validity}] ok\r\n"
                return f"{told}{tag} OK [READ-ONLY] ok\r\n".encode()
            case ["UID", "SEARCH", *_]:
                found = " ".join(str(uid) for uid in self.messages)
                return f"* SEARCH {found}\r\n{tag} OK ok\r\n".encode()
            case ["UID", "FETCH", uid, *_]:
                came, raw = self.messages[int(uid)]
                head = f'* 1 FETCH (UID {uid} INTERNALDATE "{came:%d-%b-%Y %H:%M:%S +0000}" '
                body = f"BODY[]<0> {{{self.announced or len(raw)}}}\r\n".encode() + raw
                return head.encode() + body + f")\r\n{tag} OK ok\r\n".encode()
            case ["CAPABILITY"]:
                return f"* CAPABILITY IMAP4rev1\r\n{tag} OK ok\r\n".encode()
            case ["LOGOUT"]:
                return f"* BYE\r\n{tag} OK ok\r\n".encode()
        return f"{tag} OK ok\r\n".encode()


@asynccontextmanager
async def mailbox_open(folder: Folder) -> AsyncIterator[Folder]:
    server = await asyncio.start_server(folder.serve, "127.0.0.1", 0)
    folder.port = server.sockets[0].getsockname()[1]
    try:
        yield folder
    finally:
        server.close()
        await server.wait_closed()

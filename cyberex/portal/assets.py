"""The files that pages need, read once and served from memory, packed where that helps."""

import gzip
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

FOLDER = Path(__file__).with_name("static")
TYPES = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}
FOR_A_YEAR = "public, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True)
class StaticFile:
    """`packed` is the same bytes in gzip, b"" where that gains nothing."""

    content: bytes
    packed: bytes
    media_type: str
    digest: str


def static_files() -> Mapping[str, StaticFile]:
    """Every file of `static/`, by name."""
    return {path.name: _static(path) for path in sorted(FOLDER.iterdir()) if path.is_file()}


def static_route(files: Mapping[str, StaticFile]) -> Route:
    """Their address changes when they do: browsers may keep them for good."""

    async def answer(request: Request) -> Response:
        found = files.get(request.path_params["name"])
        if found is None:
            raise HTTPException(404)
        tag = f'"{found.digest}"'
        headers = {"cache-control": FOR_A_YEAR, "etag": tag, "vary": "accept-encoding"}
        if request.headers.get("if-none-match") == tag:
            return Response(status_code=304, headers=headers)
        if found.packed and "gzip" in request.headers.get("accept-encoding", ""):
            packed = {**headers, "content-encoding": "gzip"}
            return Response(found.packed, media_type=found.media_type, headers=packed)
        return Response(found.content, media_type=found.media_type, headers=headers)

    return Route("/static/{name}", answer, methods=["GET"])


def _static(path: Path) -> StaticFile:
    content = path.read_bytes()
    packed = gzip.compress(content, mtime=0)
    return StaticFile(
        content,
        packed if len(packed) < len(content) else b"",
        TYPES.get(path.suffix, "text/plain"),
        hashlib.sha256(content).hexdigest()[:12],
    )

"""Start the app and guard what it sends: the launcher, start-up imports, security headers."""

from __future__ import annotations

import base64
import errno
import hashlib
import importlib
import os
import re
import runpy
import secrets
import socket
import sys
import threading
import webbrowser
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing, suppress
from functools import cache
from http import HTTPStatus
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING, Any

import streamlit
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import HTTPConnection

from mcda.app import place
from mcda.resources import resource_path

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

MAIN_SCRIPT = Path(__file__).parent / "main.py"
PROJECT_FILE_VARIABLE = "BESTFIT_PROJECT_FILE"
DEFAULT_PORT = 8501
VISITOR_COOKIE = "bestfit_visitor"

_PORTS_TRIED = 20
_START_TIMEOUT_S = 60.0
_YEAR_S = 365 * 24 * 3600
_WARM_MODULES = (
    "pandas",
    "pyarrow",
    "plotly.graph_objects",
    "plotly.io",
    "plotly.tools",
    "mcda.app.shell",
)


class LaunchError(Exception):
    """The app cannot be started as asked; the message says why."""


def run(
    port: int | None = None,
    address: str = "127.0.0.1",
    open_browser: bool = True,
    project_file: Path | None = None,
) -> int:
    """Serve the app until Ctrl-C and return an exit code.

    The settings shipped with the app apply whatever the current folder is. Without ``port`` the
    first free one from 8501 is taken; a given port that is in use is an error (exit code 1).
    ``project_file`` is opened for whoever visits: see :func:`project_file_to_open`.
    """
    try:
        chosen = _choose_port(address, port)
        _hand_over(project_file)
    except LaunchError as error:
        print(error, file=sys.stderr)
        return 1
    entry = resource_path("app.py")
    sys.argv = [str(entry)]  # Streamlit looks for its settings beside the script named here.
    app = runpy.run_path(str(entry))["app"]
    _announce_when_up(address, chosen, open_browser)
    with suppress(KeyboardInterrupt):
        app.run(config=_launch_settings(address, chosen))
    return 0


def project_file_to_open() -> Path | None:
    """Return the project file that the launcher was asked to open, if any."""
    name = os.environ.get(PROJECT_FILE_VARIABLE)
    return Path(name) if name else None


def serves_this_machine_only() -> bool:
    """Say whether the running server listens on a loopback address only.

    False whenever that is not certain, as on a host: then nobody's projects may be listed.
    """
    return _is_loopback(streamlit.get_option("server.address") or "")


def _is_loopback(address: str) -> bool:
    if address == "localhost":
        return True
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False


def _choose_port(address: str, wanted: int | None) -> int:
    if wanted is None:
        for port in range(DEFAULT_PORT, DEFAULT_PORT + _PORTS_TRIED):
            if _is_free(address, port):
                return port
        last = DEFAULT_PORT + _PORTS_TRIED - 1
        raise LaunchError(f"Ports {DEFAULT_PORT} to {last} are all in use.")
    if not _is_free(address, wanted):
        raise LaunchError(
            f"Port {wanted} is in use, perhaps by another Best Fit. Name another port, "
            "or none: then a free one is found."
        )
    return wanted


def _is_free(address: str, port: int) -> bool:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with closing(socket.socket(family)) as probe:
        if os.name != "nt":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                return False
            reason = error.strerror or error
            raise LaunchError(f"Cannot serve at {address}, port {port}: {reason}.") from error
    return True


def _hand_over(project_file: Path | None) -> None:
    os.environ.pop(PROJECT_FILE_VARIABLE, None)
    if project_file is None:
        return
    if not project_file.is_file():
        raise LaunchError(f"There is no file {str(project_file)!r}.")
    os.environ[PROJECT_FILE_VARIABLE] = str(project_file.resolve())


def _launch_settings(address: str, port: int) -> dict[str, Any]:
    settings: dict[str, Any] = {
        "server.address": address,
        "server.port": port,
        "server.headless": True,  # This module opens the browser itself.
        "server.fileWatcherType": "none",
        "logger.hideWelcomeMessage": True,  # Else it may ask the internet for our address.
    }
    if _is_loopback(address):
        # A hostile page cannot reach the app under a name of its own (DNS rebinding).
        settings["server.allowedHosts"] = ["localhost", "127.0.0.1", "::1"]
    return settings


def _announce_when_up(address: str, port: int, open_browser: bool) -> None:
    thread = threading.Thread(target=_announce, args=(address, port, open_browser), daemon=True)
    thread.start()


def _announce(address: str, port: int, open_browser: bool) -> None:
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(address, address)
    if not _wait_until_listening(host, port):
        return
    name = f"[{host}]" if ":" in host else host
    url = f"http://{name}:{port}"
    print(f"Best Fit is open at {url}  (Ctrl-C here ends it)", flush=True)
    if open_browser:
        webbrowser.open(url)


def _wait_until_listening(host: str, port: int) -> bool:
    pause = threading.Event()
    step = 0.1
    for _ in range(int(_START_TIMEOUT_S / step)):
        try:
            socket.create_connection((host, port), timeout=1).close()
        except OSError:
            pause.wait(step)
        else:
            return True
    return False


@asynccontextmanager
async def lifespan(_app: streamlit.App) -> AsyncIterator[None]:
    """Import the heavy modules beside the running server, so that the first visitor need not."""
    threading.Thread(target=_warm_up, daemon=True).start()
    yield


def _warm_up() -> None:
    for name in _WARM_MODULES:
        importlib.import_module(name)


class SecurityHeaders:
    """ASGI middleware that adds the security headers to every response."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; add the headers to what comes back."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(security_headers())
            await send(message)

        await self.app(scope, receive, send_with_headers)


class VisitorCookie:
    """ASGI middleware that gives each browser a random number, once.

    By it a browser finds again what was typed in it and not saved; it says nothing about anyone,
    no script can read it, and it opens nothing without a project's own link.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; add the cookie to a page that is sent to a new browser."""
        if scope["type"] != "http" or VISITOR_COOKIE in HTTPConnection(scope).cookies:
            await self.app(scope, receive, send)
            return

        async def send_with_cookie(message: Message) -> None:
            if message["type"] == "http.response.start" and _is_page(scope, message):
                cookie = _visitor_cookie(scope["scheme"])
                MutableHeaders(scope=message).append("Set-Cookie", cookie)
            await send(message)

        await self.app(scope, receive, send_with_cookie)


def _is_page(scope: Scope, answer: Message) -> bool:
    """Whether an answer is a page, or says that the page the browser has kept is still good."""
    if answer["status"] == HTTPStatus.NOT_MODIFIED:
        return "text/html" in HTTPConnection(scope).headers.get("accept", "")
    return MutableHeaders(scope=answer).get("content-type", "").startswith("text/html")


def _visitor_cookie(scheme: str) -> str:
    """Return the cookie; Lax, since a link in a message must find the same browser."""
    secure = "; Secure" if scheme == "https" else ""
    number = secrets.token_urlsafe(16)
    return f"{VISITOR_COOKIE}={number}; Path=/; Max-Age={_YEAR_S}; HttpOnly; SameSite=Lax{secure}"


MIDDLEWARE = [Middleware(SecurityHeaders), Middleware(VisitorCookie)]


@cache
def security_headers() -> dict[str, str]:
    """Return the headers that keep the app to its own origin."""
    return {
        "Content-Security-Policy": _content_security_policy(),
        "Cross-Origin-Opener-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
        # Never tells another site the address, which may be a project's secret link; within the
        # app the browser still names its origin, which forms need.
        "Referrer-Policy": "same-origin",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "SAMEORIGIN",
    }


def _content_security_policy() -> str:
    """Allow the app's own files; of inline scripts only Streamlit's own page's and our one."""
    index = Path(streamlit.__file__).parent / "static" / "index.html"
    scripts = re.findall(r"<script>(.*?)</script>", index.read_text(encoding="utf-8"), re.DOTALL)
    hashes = " ".join(_source_hash(script) for script in (*scripts, place.script()))
    return "; ".join(
        (
            "default-src 'self'",
            f"script-src 'self' {hashes}",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "media-src 'self' data: blob:",
            "connect-src 'self'",
            "worker-src 'self' blob:",
            "frame-src 'self'",
            "frame-ancestors 'self'",
            "form-action 'self'",
            "base-uri 'self'",
            "object-src 'none'",
        )
    )


def _source_hash(script: str) -> str:
    digest = hashlib.sha256(script.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"

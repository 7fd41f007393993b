"""The launcher, without a browser: any folder, taken ports, hand-over, headers, a clean end."""

import os
import re
import signal
import socket
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import pytest

from mcda.app import server

ROOT = Path(__file__).parents[2]
POSIX_ONLY = pytest.mark.skipif(os.name == "nt", reason="Ctrl-C is sent another way on Windows")


@contextmanager
def launched(folder, arguments=""):
    """Run the launcher in its own process and yield it with the address it prints."""
    start = f"from mcda.app.server import run; raise SystemExit(run(open_browser=False{arguments}))"
    path = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
    process = subprocess.Popen(
        [sys.executable, "-c", start],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": path, "BESTFIT_DATA_DIR": str(folder / "data")},
        stdout=subprocess.PIPE,
        text=True,
    )
    alarm = threading.Timer(60, process.kill)
    alarm.start()
    try:
        line = process.stdout.readline()
        found = re.search(r"http://\S+", line)
        assert found, f"the launcher said {line!r}"
        yield process, found[0]
    finally:
        alarm.cancel()
        process.kill()
        process.wait()
        process.stdout.close()


@contextmanager
def taken_port():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]


def free_port():
    with taken_port() as port:
        return port


def fetch(url):
    return urllib.request.urlopen(url, timeout=10)


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    """The address of the app, started in a folder that knows nothing of it."""
    folder = tmp_path_factory.mktemp("elsewhere")
    with launched(folder, f", port={free_port()}") as (_, url):
        yield url


def test_it_serves_from_another_folder(running):
    with fetch(f"{running}/_stcore/health") as answer:
        assert answer.read() == b"ok"


def test_the_shipped_settings_apply_in_another_folder(running):
    """Static serving is off in Streamlit, on in our settings: the font proves they were read."""
    with fetch(f"{running}/app/static/PublicSans-Regular.woff2") as answer:
        assert answer.read(4) == b"wOF2"


@pytest.mark.parametrize("path", ["/", "/_stcore/health", "/app/static/PublicSans-OFL.txt"])
def test_every_answer_carries_the_security_headers(running, path):
    with fetch(running + path) as answer:
        headers = answer.headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'self'" in policy
    assert "'unsafe-eval'" not in policy
    assert "'unsafe-inline'" not in policy.split("script-src")[1].split(";")[0]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "SAMEORIGIN"
    assert headers["Referrer-Policy"] == "same-origin"


def test_a_refusal_carries_them_too(running):
    with pytest.raises(urllib.error.HTTPError) as refused:
        fetch(f"{running}/app/static/nothing-here")
    with refused.value as answer:
        assert answer.code == 404
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_new_browser_gets_a_number_of_its_own_with_the_page(running):
    with fetch(running) as first, fetch(running) as second:
        cookies = [answer.headers["Set-Cookie"] for answer in (first, second)]
    assert all(re.match(rf"{server.VISITOR_COOKIE}=[\w-]{{22}}; Path=/; ", c) for c in cookies)
    assert all(c.endswith("; HttpOnly; SameSite=Lax") for c in cookies)
    assert cookies[0] != cookies[1]


def test_a_known_browser_and_other_files_get_none(running):
    known = {"Cookie": f"{server.VISITOR_COOKIE}=known"}
    with fetch(urllib.request.Request(running, headers=known)) as answer:
        assert answer.headers["Set-Cookie"] is None
    with fetch(f"{running}/app/static/PublicSans-OFL.txt") as answer:
        assert answer.headers["Set-Cookie"] is None


def test_a_browser_that_has_kept_the_page_but_no_number_gets_one(running):
    with fetch(running) as page:
        asked = {"If-None-Match": page.headers["ETag"], "Accept": "text/html,*/*"}
    with pytest.raises(urllib.error.HTTPError, match="Not Modified") as kept:
        fetch(urllib.request.Request(running, headers=asked))
    assert kept.value.headers["Set-Cookie"].startswith(f"{server.VISITOR_COOKIE}=")


@pytest.mark.parametrize(("host", "status"), [("127.0.0.1", 101), ("evil.example", 403)])
def test_only_local_names_reach_the_session(running, host, status):
    """A page elsewhere that points its own name at this machine gets no session."""
    port = int(running.rsplit(":", 1)[1])
    request = (
        f"GET /_stcore/stream HTTP/1.1\r\nHost: {host}:{port}\r\n"
        "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall(request.encode())
        answer = connection.recv(64).decode()
    assert answer.startswith(f"HTTP/1.1 {status}")


@POSIX_ONLY
def test_ctrl_c_ends_it_cleanly(tmp_path):
    with launched(tmp_path, f", port={free_port()}") as (process, url):
        fetch(url).close()
        process.send_signal(signal.SIGINT)
        assert process.wait(15) == 0


def test_a_taken_port_that_was_asked_for_is_an_error(capsys):
    with taken_port() as port:
        assert server.run(port=port, open_browser=False) == 1
    assert f"Port {port} is in use" in capsys.readouterr().err


def test_an_address_that_is_not_ours_is_an_error(capsys):
    assert server.run(port=free_port(), address="192.0.2.1", open_browser=False) == 1
    assert "Cannot serve at 192.0.2.1" in capsys.readouterr().err


def test_a_missing_project_file_is_an_error(capsys, tmp_path):
    missing = tmp_path / "missing.json"
    assert server.run(port=free_port(), open_browser=False, project_file=missing) == 1
    assert "missing.json" in capsys.readouterr().err


def test_without_a_port_the_next_free_one_is_taken(monkeypatch, tmp_path):
    with taken_port() as port:
        monkeypatch.setattr(server, "DEFAULT_PORT", port)
        assert server._choose_port("127.0.0.1", None) > port


def test_when_all_ports_are_taken_it_says_so(monkeypatch):
    monkeypatch.setattr(server, "_is_free", lambda address, port: False)
    with pytest.raises(server.LaunchError, match="8501 to 8520 are all in use"):
        server._choose_port("127.0.0.1", None)


def test_the_project_file_is_handed_over_by_its_full_path(monkeypatch, tmp_path):
    monkeypatch.setenv(server.PROJECT_FILE_VARIABLE, "of an earlier start")
    monkeypatch.chdir(tmp_path)
    Path("project.json").write_text("{}")
    server._hand_over(Path("project.json"))
    assert server.project_file_to_open() == (tmp_path / "project.json").resolve()
    server._hand_over(None)
    assert server.project_file_to_open() is None


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("127.0.0.1", True),
        ("127.8.0.1", True),
        ("::1", True),
        ("localhost", True),
        ("0.0.0.0", False),
        ("192.0.2.1", False),
        ("", False),
    ],
)
def test_loopback_is_known(address, expected):
    assert server._is_loopback(address) is expected


def test_host_names_are_limited_on_loopback_only():
    assert "server.allowedHosts" in server._launch_settings("127.0.0.1", 8501)
    assert "server.allowedHosts" not in server._launch_settings("0.0.0.0", 8501)


def test_no_folder_beside_the_main_script_is_called_pages():
    """Streamlit would run its files by themselves for the first visitor who follows a link."""
    assert not (server.MAIN_SCRIPT.parent / "pages").exists()

"""The running service: it answers, it works, it stops, and nothing of it is left behind."""

import os
import signal
import socket
import ssl
import subprocess
import sys
import threading
import time
import urllib.request
from http.cookiejar import CookieJar

from visitapp.config import Settings
from visitapp.flow.demo import PASSWORD
from visitapp.flow.stories.answers import Writer
from visitapp.flow.stories.tablet import Tablet
from visitapp.wiring import wire

VISITAPP = [sys.executable, "-c", "import sys; from visitapp.cli import main; sys.exit(main())"]
PATIENCE = 20  # seconds


def get(port: int, path: str = "/health", context: ssl.SSLContext | None = None) -> int:
    scheme = "https" if context else "http"
    with urllib.request.urlopen(f"{scheme}://127.0.0.1:{port}{path}", timeout=10, context=context) as answer:
        return answer.status


def stopped_in(process: subprocess.Popen, how: signal.Signals) -> tuple[int, float]:
    began = time.monotonic()
    process.send_signal(how)
    return process.wait(timeout=20), time.monotonic() - began


def test_it_answers_and_stops_within_two_seconds_when_told(serve, free_port):
    for how in (signal.SIGTERM, signal.SIGINT):
        process = serve()
        assert get(free_port) == 200
        status, seconds = stopped_in(process, how)
        assert status == 0
        assert seconds < 2 + 2  # two, and as much again for a machine with other work
        assert "Traceback" not in process.stdout.read()


def test_ctrl_c_of_a_terminal_reaches_everybody_and_still_stops_it(data_dir, free_port):
    env = os.environ | {"DATA_DIR": str(data_dir), "PORT": str(free_port)}
    process = subprocess.Popen(
        [*VISITAPP, "serve"], env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True
    )
    with process:
        assert any("visitapp is at" in line for line in process.stdout)
        began = time.monotonic()
        os.killpg(process.pid, signal.SIGINT)
        assert process.wait(timeout=20) == 0
        assert time.monotonic() - began < 4


def test_the_child_does_not_outlive_a_parent_that_was_killed(serve, free_port):
    process = serve()
    process.kill()
    process.stdout.read()  # ends when the last process that holds it has ended
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        trial.bind(("127.0.0.1", free_port))


def test_the_sign_ins_are_said_and_work(serve, free_port):
    process = serve()
    said = [process.stdout.readline() for _ in range(10)]
    assert any(PASSWORD in line for line in said)
    assert [line.split()[0] for line in said if line.startswith("  ")] == [
        "hv", "midwife", "nursery", "supervisor", "socialcare", "earlyhelp", "westfen", "admin",
    ]  # fmt: skip
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    origin = f"http://localhost:{free_port}"
    form = f"username=hv&password={PASSWORD}".encode()
    with opener.open(urllib.request.Request(f"{origin}/sign-in", data=form, headers={"Origin": origin}), timeout=20) as page:
        assert page.status == 200
        assert page.url.startswith(origin)
        assert "/sign-in" not in page.url


def test_it_serves_over_tls_with_a_certificate_made_by_two_commands(serve, free_port, tmp_path):
    key, cert = tmp_path / "tls-key.pem", tmp_path / "tls-cert.pem"
    subprocess.run(
        ["openssl", "genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", key], check=True, capture_output=True
    )
    subprocess.run(
        [
            "openssl",
            "req",
            "-x509",
            "-key",
            key,
            "-out",
            cert,
            "-days",
            "30",
            "-subj",
            "/CN=visitapp",
            "-addext",
            "subjectAltName=IP:127.0.0.1",
        ],
        check=True,
        capture_output=True,
    )
    serve(TLS_CERT=str(cert), TLS_KEY=str(key))
    assert get(free_port, context=ssl.create_default_context(cafile=cert)) == 200


def a_visit_waits(data_dir) -> str:
    """A visit that was received and is not judged yet; the name of its outbox key."""
    w = wire(Settings.from_environment({"DATA_DIR": str(data_dir)}))
    try:
        with w.engine.read() as tx:
            author = tx.one("SELECT account FROM account_now WHERE username = 'hv'")["account"]
            household = tx.one("SELECT household FROM household_now WHERE name = 'Hussain'")["household"]
        answers = Writer(w.catalogue.current("not_let_in"), None, {}, w.new_id).written({"outcome": "no_answer"})
        tablet = Tablet.of(w, author)
        answer = tablet.send(tablet.write(household, "not_let_in", w.clock()[:10], answers))
        assert answer.status == 201
        return answer.body["id"]
    finally:
        w.close()


def is_assessed(data_dir, submission: str) -> bool:
    w = wire(Settings.from_environment({"DATA_DIR": str(data_dir)}))
    try:
        with w.engine.read() as tx:
            return tx.one("SELECT 1 AS there FROM assessment WHERE submission = :id", id=submission) is not None
    finally:
        w.close()


def comes_true(condition) -> bool:
    """Whether it becomes so before patience ends."""
    wait, until = threading.Event(), time.monotonic() + PATIENCE
    while not condition() and time.monotonic() < until:
        wait.wait(0.1)
    return condition()


def test_serving_also_does_the_waiting_work(serve, data_dir):
    submission = a_visit_waits(data_dir)
    serve()
    assert comes_true(lambda: is_assessed(data_dir, submission))


def test_work_alone_does_the_waiting_work_and_stops_when_told(data_dir):
    submission = a_visit_waits(data_dir)
    env = os.environ | {"DATA_DIR": str(data_dir)}
    with subprocess.Popen([*VISITAPP, "work"], env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        assert comes_true(lambda: is_assessed(data_dir, submission))
        status, seconds = stopped_in(process, signal.SIGTERM)
    assert status == 0
    assert seconds < 4

"""A time-stamping server (RFC 3161) of an invented authority, for tests: OpenSSL answers, on a port of this machine."""

import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

_SETTINGS = """
[tsa]
default_tsa = own
[own]
serial = {folder}/serial
signer_cert = {folder}/tsa.pem
signer_key = {folder}/tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha512
ess_cert_id_alg = sha256
[tsa_cert]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = critical, timeStamping
[ca_cert]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign
[req]
distinguished_name = name
[name]
"""


def openssl(*words: str | Path) -> None:
    """Run OpenSSL."""
    subprocess.run(["openssl", *words], check=True, capture_output=True)


class Authority:
    """An invented authority with a certificate of its own, and a server's that it signed."""

    def __init__(self, folder: Path, name: str) -> None:
        folder.mkdir()
        self.folder, self.settings = folder, folder / "openssl.cnf"
        self.settings.write_text(_SETTINGS.format(folder=folder), encoding="ascii")
        key = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-config", self.settings)
        openssl("req", "-x509", *key, "-extensions", "ca_cert", "-days", "30", "-subj", f"/CN={name}",
                "-keyout", folder / "ca.key", "-out", folder / "ca.pem")  # fmt: skip
        openssl("req", *key, "-subj", f"/CN={name} server", "-keyout", folder / "tsa.key", "-out", folder / "tsa.csr")
        openssl("x509", "-req", "-in", folder / "tsa.csr", "-CA", folder / "ca.pem", "-CAkey", folder / "ca.key",
                "-CAcreateserial", "-days", "30", "-extfile", self.settings, "-extensions", "tsa_cert",
                "-out", folder / "tsa.pem")  # fmt: skip

    @property
    def certificate(self) -> str:
        """The authority's own certificate (PEM)."""
        return (self.folder / "ca.pem").read_text(encoding="ascii")

    def stamp(self, query: bytes) -> bytes:
        """The answer to a request."""
        question, answer = self.folder / "query", self.folder / "answer"
        question.write_bytes(query)
        openssl("ts", "-reply", "-config", self.settings, "-section", "own", "-queryfile", question, "-out", answer)
        return answer.read_bytes()


@contextmanager
def serve(answer: Callable[[bytes], bytes], status: int = 200) -> Iterator[tuple[str, list[bytes]]]:
    """A server that answers every request; its address, and what it was asked."""
    asked: list[bytes] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked.append(self.rfile.read(int(self.headers["Content-Length"])))
            body = answer(asked[-1])
            self.send_response(status)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name of the base class
            """Log no requests."""

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/", asked
        finally:
            server.shutdown()
            thread.join()

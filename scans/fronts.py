"""A small front that speaks https before a house, with an authority of its own made for one scan."""

import asyncio
import contextlib
import ssl
import threading
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from house.postgres import free_port

HEAD_AT_MOST = 64 * 1024  # bytes of a request's first lines


def certificate(
    name: str, key: ec.EllipticCurvePrivateKey, issuer: str, signer: ec.EllipticCurvePrivateKey
) -> x509.Certificate:
    """A certificate for a day; the authority is the one that signs itself."""

    def called(words: str) -> x509.Name:
        return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, words)])

    moment = datetime.now(UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(called(name))
        .issuer_name(called(issuer))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(moment - timedelta(hours=1))
        .not_valid_after(moment + timedelta(days=1))
        .add_extension(x509.BasicConstraints(ca=name == issuer, path_length=None), critical=True)
    )
    if name != issuer:
        builder = builder.add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
    return builder.sign(signer, hashes.SHA256())


@dataclass
class Front:
    """https on one port, handed on to http on another, with the header that says so."""

    port: int
    behind: int
    authority: Path
    chain: Path
    loop: asyncio.AbstractEventLoop = field(default_factory=asyncio.new_event_loop)
    under_way: set[object] = field(default_factory=set)
    """Connections: the loop itself would let them go amid a request."""

    @classmethod
    def make(cls, folder: Path, behind: int) -> "Front":
        """Make authority, key and certificate in the folder."""
        authority_key, own_key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
        called = "Folkmoot scan"
        authority = certificate(called, authority_key, called, authority_key)
        own = certificate("localhost", own_key, called, authority_key)
        front = cls(free_port(), behind, folder / "authority.pem", folder / "front.pem")
        front.authority.write_bytes(authority.public_bytes(serialization.Encoding.PEM))
        key = own_key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        front.chain.write_bytes(key + own.public_bytes(serialization.Encoding.PEM))
        return front

    @property
    def address(self) -> str:
        """What people would type."""
        return f"https://localhost:{self.port}"

    def start(self) -> None:
        """Answer from a thread of its own until `stop`."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        context.load_cert_chain(self.chain)
        begun = asyncio.start_server(self.hand_on, "127.0.0.1", self.port, ssl=context, limit=HEAD_AT_MOST)
        self.loop.run_until_complete(begun)
        threading.Thread(target=self.loop.run_forever, daemon=True).start()

    def stop(self) -> None:
        """Answer no more."""
        self.loop.call_soon_threadsafe(self.loop.stop)

    async def hand_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One request per connection: its head with our line in it, then all bytes both ways."""
        task = asyncio.current_task()
        self.under_way.add(task)
        with contextlib.suppress(OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            head = await reader.readuntil(b"\r\n\r\n")
            inside, outside = await asyncio.open_connection("127.0.0.1", self.behind)
            outside.write(marked(head))
            sending = asyncio.ensure_future(pipe(reader, outside))
            await pipe(inside, writer)
            sending.cancel()
            outside.close()
        writer.close()
        self.under_way.discard(task)


def marked(head: bytes) -> bytes:
    """A request's head that says it came by https and that the connection ends after the answer."""
    first, *lines = head.rstrip(b"\r\n").split(b"\r\n")
    ours = (b"x-forwarded-proto:", b"x-forwarded-for:", b"connection:")
    kept = [line for line in lines if not line.lower().startswith(ours)]
    return b"\r\n".join([first, *kept, b"X-Forwarded-Proto: https", b"Connection: close", b"", b""])


async def pipe(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
    """All bytes of the one to the other."""
    while data := await source.read(65536):
        target.write(data)
        await target.drain()

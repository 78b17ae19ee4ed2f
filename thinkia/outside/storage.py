"""Files by the hash of their content: in a folder, or in an S3-compatible bucket."""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from config import Settings

CHUNK = 64 * 1024


class NotStored(Exception):
    """The content could not be kept: the disk is full, or the service does not take it."""


class Storage(Protocol):
    """Content by SHA-256. Writing twice is harmless; nothing is served by its address here.

    ``put`` raises ``NotStored``, and then nothing of the content is there.
    """

    def put(self, stream: IO[bytes], sha256: str) -> None: ...
    def chunks(self, sha256: str) -> Iterator[bytes]: ...
    def holds(self, sha256: str) -> bool: ...
    def remove(self, sha256: str) -> None: ...


def digest(stream: IO[bytes]) -> tuple[str, int]:
    """SHA-256 and size of a stream, which is rewound afterwards."""
    sha, size = hashlib.sha256(), 0
    stream.seek(0)
    while chunk := stream.read(CHUNK):
        sha.update(chunk)
        size += len(chunk)
    stream.seek(0)
    return sha.hexdigest(), size


class Folder:
    """Files in a folder, two letters deep. A half-written file is never visible, nor left on a full disk."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def path(self, sha256: str) -> Path:
        return self.root / sha256[:2] / sha256

    def put(self, stream: IO[bytes], sha256: str) -> None:
        target = self.path(sha256)
        if target.exists():
            return
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            self._write(stream, target)
        except OSError as error:
            raise NotStored(str(error)) from error

    def _write(self, stream: IO[bytes], target: Path) -> None:
        with tempfile.NamedTemporaryFile(dir=target.parent, delete=False) as half:
            try:
                shutil.copyfileobj(stream, half, CHUNK)
                half.flush()
                os.fsync(half.fileno())  # a receipt is about to say that we have it
                Path(half.name).replace(target)
            except BaseException:
                Path(half.name).unlink()
                raise

    def chunks(self, sha256: str) -> Iterator[bytes]:
        with self.path(sha256).open("rb") as stream:
            while chunk := stream.read(CHUNK):
                yield chunk

    def holds(self, sha256: str) -> bool:
        return self.path(sha256).exists()

    def remove(self, sha256: str) -> None:
        self.path(sha256).unlink(missing_ok=True)


class Bucket:
    """Files in an S3-compatible bucket."""

    def __init__(self, settings: "Settings") -> None:
        import boto3  # noqa: PLC0415 - a third of a second that the embedded default never needs
        from botocore.config import Config  # noqa: PLC0415 - the same
        from botocore.exceptions import BotoCoreError, ClientError  # noqa: PLC0415 - the same

        name, _, prefix = settings.storage.removeprefix("s3://").partition("/")
        self.bucket = name
        self.faults = (BotoCoreError, ClientError)
        self.prefix = f"{prefix.rstrip('/')}/" if prefix else ""
        self.client = boto3.client(
            "s3",
            endpoint_url=settings.s3_endpoint or None,
            aws_access_key_id=settings.s3_access_key,
            aws_secret_access_key=settings.s3_secret_key,
            region_name="us-east-1",
            config=Config(connect_timeout=5, read_timeout=20, retries={"max_attempts": 2}),
        )

    def _key(self, sha256: str) -> str:
        return f"{self.prefix}{sha256[:2]}/{sha256}"

    def put(self, stream: IO[bytes], sha256: str) -> None:
        try:
            if not self.holds(sha256):
                self.client.put_object(Bucket=self.bucket, Key=self._key(sha256), Body=stream)
        except self.faults as error:
            raise NotStored(str(error)) from error

    def chunks(self, sha256: str) -> Iterator[bytes]:
        answer = self.client.get_object(Bucket=self.bucket, Key=self._key(sha256))
        yield from answer["Body"].iter_chunks(CHUNK)

    def holds(self, sha256: str) -> bool:
        try:
            self.client.head_object(Bucket=self.bucket, Key=self._key(sha256))
        except self.client.exceptions.ClientError:
            return False
        return True

    def remove(self, sha256: str) -> None:
        self.client.delete_object(Bucket=self.bucket, Key=self._key(sha256))


def storage_of(settings: "Settings") -> Storage:
    """The storage that the settings ask for."""
    if settings.storage.startswith("s3://"):
        return Bucket(settings)
    return Folder(Path(settings.storage) if settings.storage else settings.data / "files")

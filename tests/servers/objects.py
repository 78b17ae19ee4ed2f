"""S3-compatible storage on this machine."""

import contextlib
import secrets
from collections.abc import Iterator
from dataclasses import dataclass

import boto3
from moto.server import ThreadedMotoServer


@dataclass(frozen=True)
class Bucket:
    endpoint: str
    bucket: str
    access_key: str = "for-tests"
    secret_key: str = "for-tests"


@contextlib.contextmanager
def server() -> Iterator[str]:
    running = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    running.start()
    host, port = running.get_host_and_port()
    try:
        yield f"http://{host}:{port}"
    finally:
        running.stop()


def bucket(endpoint: str) -> Bucket:
    """A new bucket."""
    made = Bucket(endpoint, f"thinkia-{secrets.token_hex(6)}")
    keys = {"aws_access_key_id": made.access_key, "aws_secret_access_key": made.secret_key}
    client = boto3.client("s3", endpoint_url=endpoint, region_name="us-east-1", **keys)
    client.create_bucket(Bucket=made.bucket)
    client.close()
    return made

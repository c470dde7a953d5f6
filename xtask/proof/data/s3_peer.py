"""A server for S3 on this computer: moto, behind a check of signatures that shares no code with what signs.

Arguments: the access key, the secret, the buckets. Writes the port, and serves until it is ended.

Requests are answered one at a time: moto looks whether an object is there and writes it in two steps, and two writers that come between
them would both be told that they were first. Buckets whose names begin with one of these words behave as other servers do:

    unconditional   writes over what is there, whatever the request says
    skewed          takes the clock of whoever asks for wrong
    broken          answers every seventh request with an error that passes, after having done what was asked
"""

import hashlib
import hmac
import itertools
import os
import sys
import threading
from urllib.parse import parse_qsl, quote, urlsplit

os.environ["AWS_ACCESS_KEY_ID"] = os.environ["AWS_SECRET_ACCESS_KEY"] = "inside"

from moto.server import DomainDispatcherApplication, create_backend_app  # noqa: E402
from werkzeug.serving import WSGIRequestHandler, make_server  # noqa: E402

KEY, SECRET, BUCKETS = sys.argv[1], sys.argv[2], sys.argv[3:]


def digest(key, text):
    return hmac.new(key, text.encode(), hashlib.sha256).digest()


def expected_signature(environ, query):
    """AWS Signature Version 4, with the signature in the query and a payload that is not signed."""
    path = urlsplit(environ["RAW_URI"]).path
    names = query["X-Amz-SignedHeaders"].split(";")
    value = {name: environ.get("HTTP_" + name.upper().replace("-", "_"), "") for name in names}
    pairs = sorted((quote(name, safe="-_.~"), quote(text, safe="-_.~")) for name, text in query.items() if name != "X-Amz-Signature")
    request = "\n".join(
        [
            environ["REQUEST_METHOD"],
            path,
            "&".join(f"{name}={text}" for name, text in pairs),
            *[f"{name}:{value[name].strip()}" for name in names],
            "",
            ";".join(names),
            "UNSIGNED-PAYLOAD",
        ]
    )
    _, day, region, service, kind = query["X-Amz-Credential"].split("/")
    scope = f"{day}/{region}/{service}/{kind}"
    to_sign = "\n".join(["AWS4-HMAC-SHA256", query["X-Amz-Date"], scope, hashlib.sha256(request.encode()).hexdigest()])
    key = ("AWS4" + SECRET).encode()
    for part in (day, region, service, kind):
        key = digest(key, part)
    return digest(key, to_sign).hex()


def fault(environ, bucket):
    """Why a request is refused, as S3 says it; none where it is not."""
    query = dict(parse_qsl(environ["QUERY_STRING"], keep_blank_values=True))
    if query.get("X-Amz-Credential", "").split("/")[0] != KEY:
        return "InvalidAccessKeyId"
    if bucket.startswith("skewed"):
        return "RequestTimeTooSkewed"
    if "if-none-match" not in query["X-Amz-SignedHeaders"] and "HTTP_IF_NONE_MATCH" in environ:
        return "AccessDenied"
    if not hmac.compare_digest(query["X-Amz-Signature"], expected_signature(environ, query)):
        return "SignatureDoesNotMatch"
    return None


def refused(start_response, status, code):
    body = f"<?xml version='1.0'?><Error><Code>{code}</Code></Error>".encode()
    start_response(status, [("Content-Type", "application/xml"), ("Content-Length", str(len(body)))])
    return [body]


class Checked:
    def __init__(self):
        self.moto = DomainDispatcherApplication(create_backend_app)
        self.lock = threading.Lock()
        self.number = itertools.count(1)

    def __call__(self, environ, start_response):
        bucket = environ["PATH_INFO"].lstrip("/").split("/")[0]
        code = fault(environ, bucket)
        if code is not None:
            return refused(start_response, "403 Forbidden", code)
        if bucket.startswith("unconditional"):
            environ.pop("HTTP_IF_NONE_MATCH", None)
        # To moto, whoever asks is somebody else: the signature was for this check.
        environ["HTTP_AUTHORIZATION"] = "AWS4-HMAC-SHA256 Credential=inside/20240101/us-east-1/s3/aws4_request"
        pairs = parse_qsl(environ["QUERY_STRING"], keep_blank_values=True)
        environ["QUERY_STRING"] = "&".join(
            f"{quote(name)}={quote(text)}" for name, text in pairs if not name.startswith("X-Amz-")
        )
        begun = []
        with self.lock:
            answer = list(self.moto(environ, lambda *arguments: begun.append(arguments)))
        if bucket.startswith("broken") and next(self.number) % 7 == 0:
            return refused(start_response, "503 Service Unavailable", "SlowDown")
        start_response(*begun[-1])
        return answer


class Quiet(WSGIRequestHandler):
    protocol_version = "HTTP/1.1"

    def log(self, *_):
        pass


def main():
    import boto3
    from botocore.config import Config

    application = Checked()
    # The buckets are made past the check.
    inner = make_server("127.0.0.1", 0, application.moto, threaded=True, request_handler=Quiet)
    threading.Thread(target=inner.serve_forever, daemon=True).start()
    client = boto3.client("s3", endpoint_url=f"http://127.0.0.1:{inner.server_port}", region_name="us-east-1", config=Config(s3={"addressing_style": "path"}))
    for bucket in BUCKETS:
        client.create_bucket(Bucket=bucket)
    server = make_server("127.0.0.1", 0, application, threaded=True, request_handler=Quiet)
    print(server.server_port, flush=True)
    server.serve_forever()


main()

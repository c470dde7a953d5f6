"""A server for S3 on this computer: moto, behind a check of signatures that shares no code with what signs.

Arguments: the access key, the secret, a folder, the buckets. Writes two ports and serves until it is ended: without TLS, and with it. The
folder gets the certificate of who vouches for the server (authority.pem), and one of somebody else (stranger.pem).

Requests are answered one at a time: moto looks whether an object is there and writes it in two steps, and two writers that come between
them would both be told that they were first. Buckets whose names begin with one of these words behave as other servers do:

    unconditional   writes over what is there, whatever the request says
    skewed          takes the clock of whoever asks for wrong
    broken          answers every seventh request with an error that passes, after having done what was asked
"""

import datetime
import hashlib
import hmac
import ipaddress
import itertools
import os
import ssl
import sys
import tempfile
import threading
from urllib.parse import parse_qsl, quote, urlsplit

os.environ["AWS_ACCESS_KEY_ID"] = os.environ["AWS_SECRET_ACCESS_KEY"] = "inside"

from moto.server import DomainDispatcherApplication, create_backend_app  # noqa: E402
from werkzeug.serving import WSGIRequestHandler, make_server  # noqa: E402

KEY, SECRET, FOLDER, BUCKETS = sys.argv[1], sys.argv[2], sys.argv[3], sys.argv[4:]


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


def certificate(name, key, issuer_name, issuer_key, extension):
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes

    now = datetime.datetime.now(datetime.timezone.utc)
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(issuer_name).public_key(key.public_key())
    builder = builder.serial_number(x509.random_serial_number()).add_extension(extension, critical=True)
    builder = builder.not_valid_before(now - datetime.timedelta(hours=1)).not_valid_after(now + datetime.timedelta(days=1))
    return builder.sign(issuer_key, hashes.SHA256())


def tls():
    """A certificate for this computer; who vouches for it, and somebody else, go into the folder."""
    from cryptography import x509
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    def called(text):
        return x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, text)])

    own, authority, stranger = (ec.generate_private_key(ec.SECP256R1()) for _ in range(3))
    for name, key in (("stranger", stranger), ("authority", authority)):
        root = certificate(called(name), key, called(name), key, x509.BasicConstraints(ca=True, path_length=None))
        with open(os.path.join(FOLDER, f"{name}.pem"), "wb") as file:
            file.write(root.public_bytes(serialization.Encoding.PEM))
    address = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    leaf = certificate(called("server"), own, called("authority"), authority, address)
    plain = (serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with tempfile.NamedTemporaryFile() as file:
        file.write(leaf.public_bytes(serialization.Encoding.PEM) + own.private_bytes(serialization.Encoding.PEM, *plain))
        file.flush()
        context.load_cert_chain(file.name)
    return context


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
    secure = make_server("127.0.0.1", 0, application, threaded=True, request_handler=Quiet, ssl_context=tls())
    threading.Thread(target=secure.serve_forever, daemon=True).start()
    print(server.server_port, secure.server_port, flush=True)
    server.serve_forever()


main()

//! Requests to a server for S3, one at a time: signed, bounded in time and size, and asked again where that is safe.
//!
//! Source: Amazon S3 API reference; signatures are those of `rusty-s3` (AWS Signature Version 4, in the query).

use std::fmt;
use std::fs::File;
use std::hash::{BuildHasher as _, RandomState};
use std::io::Read;
use std::sync::Arc;
use std::time::Duration;

use rusty_s3::{Method, signing};
use ureq::http::{self, Response};
use ureq::tls::{Certificate, RootCerts, TlsConfig};
use ureq::{Agent, AsSendBody, Body, Timeout};

use super::ObjectProblem;
use super::environment::Environment;
use super::xml;

/// How long a signature is good for; it is made anew for every attempt.
const SIGNATURE: Duration = Duration::from_mins(10);

/// How long it may take to reach the server.
const CONNECT: Duration = Duration::from_secs(10);

/// How long the server may think before it answers.
const THINK: Duration = Duration::from_mins(1);

/// How long nothing may come or go while a body is on its way.
const STALL: Duration = Duration::from_secs(30);

/// How often a request is made before it counts as failed.
const MOST_ATTEMPTS: u32 = 5;

/// How long is waited before the second attempt; before each further one twice as long.
const FIRST_PAUSE: Duration = Duration::from_millis(100);

/// The longest error that is read, in bytes.
const LONGEST_ERROR: u64 = 64 << 10;

/// The most headers that are read, in bytes.
const LONGEST_HEADERS: usize = 32 << 10;

/// One request.
#[derive(Clone, Copy)]
pub(super) struct Request<'a> {
    pub(super) method: Method,
    /// The key of an object; none for the bucket itself.
    pub(super) key: Option<&'a str>,
    /// Sorted by name.
    pub(super) query: &'a [(&'a str, &'a str)],
    /// Sorted by name, in lower case.
    pub(super) headers: &'a [(&'a str, &'a str)],
    pub(super) body: Content<'a>,
}

/// What a request carries.
#[derive(Clone, Copy)]
pub(super) enum Content<'a> {
    Nothing,
    Text(&'a str),
    /// A file as a whole.
    File(&'a File),
}

impl<'a> Request<'a> {
    pub(super) const fn new(method: Method, key: &'a str) -> Self {
        Self {
            method,
            key: Some(key),
            query: &[],
            headers: &[],
            body: Content::Nothing,
        }
    }
}

/// What a server answers to requests that succeed, and to those that fail in a way that means something.
pub(super) enum Answer {
    /// It is done; the body has not been read yet.
    Done(Response<Body>),
    /// There is no such object.
    NotFound,
    /// There is an object already, and there should be none.
    Exists,
}

/// A server, and who asks it.
pub(super) struct Client {
    agent: Agent,
    environment: Environment,
}

impl fmt::Debug for Client {
    /// Without the keys.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("endpoint", &self.environment.endpoint)
            .finish_non_exhaustive()
    }
}

impl Client {
    pub(super) fn new(environment: Environment) -> Result<Self, ObjectProblem> {
        let mut config = Agent::config_builder()
            .http_status_as_error(false)
            // A signature is for one server only.
            .max_redirects(0)
            .max_redirects_will_error(false)
            .max_response_header_size(LONGEST_HEADERS)
            .user_agent(concat!("whotalks/", env!("CARGO_PKG_VERSION")))
            .timeout_connect(Some(CONNECT))
            .timeout_recv_response(Some(THINK))
            .timeout_per_read(Some(STALL))
            .timeout_per_write(Some(STALL));
        if environment.is_secure {
            config = config.tls_config(tls()?);
        }
        Ok(Self {
            agent: config.build().new_agent(),
            environment,
        })
    }

    /// Makes a request, again where the server was busy or could not be reached. Every request may be made again: those that put an
    /// object only where there is none are told apart by their content afterwards.
    pub(super) fn send(&self, request: &Request<'_>) -> Result<Answer, ObjectProblem> {
        self.asked(request, Ok)
    }

    /// Makes a request and reads what comes, again as a whole where that breaks off.
    pub(super) fn asked<T>(
        &self,
        request: &Request<'_>,
        mut take: impl FnMut(Answer) -> Result<T, Trouble>,
    ) -> Result<T, ObjectProblem> {
        let mut pause = FIRST_PAUSE;
        for _ in 1..MOST_ATTEMPTS {
            match self.attempt(request).and_then(&mut take) {
                Ok(taken) => return Ok(taken),
                Err(Trouble::Passing(_)) => std::thread::sleep(spread(pause)),
                Err(Trouble::Lasting(problem)) => return Err(problem),
            }
            pause = pause.saturating_mul(2);
        }
        self.attempt(request).and_then(take).map_err(Trouble::into_problem)
    }

    fn attempt(&self, request: &Request<'_>) -> Result<Answer, Trouble> {
        let response = match request.body {
            Content::Nothing if request.method == Method::Put => self.run(request, ""),
            Content::Nothing => self.run(request, ()),
            Content::Text(text) => self.run(request, text),
            Content::File(file) => {
                use std::io::{Seek as _, SeekFrom};
                let mut from_start = file;
                from_start.seek(SeekFrom::Start(0)).map_err(|error| temporary(&error))?;
                self.run(request, file)
            }
        };
        let response = response.map_err(|error| self.unanswered(&error))?;
        judged(request, response)
    }

    fn run(&self, request: &Request<'_>, body: impl AsSendBody) -> Result<Response<Body>, ureq::Error> {
        let mut signed = http::Request::builder()
            .method(request.method.to_str())
            .uri(self.signed(request));
        for (name, value) in request.headers {
            signed = signed.header(*name, *value);
        }
        self.agent.run(signed.body(body)?)
    }

    /// The address of a request, with its signature. It is a secret as long as the signature is good, and shown to nobody.
    fn signed(&self, request: &Request<'_>) -> String {
        let Environment {
            bucket, credentials, ..
        } = &self.environment;
        let url = match request.key {
            Some(key) => bucket.object_url(key),
            None => bucket.base_url().clone(),
        };
        // The server compares its clock with the one of this computer: no caller could say another time.
        let now = jiff::Timestamp::now();
        let url = signing::sign(
            &now,
            request.method,
            url,
            credentials.key(),
            credentials.secret(),
            credentials.token(),
            bucket.region(),
            SIGNATURE.as_secs(),
            request.query.iter().copied(),
            request.headers.iter().copied(),
        );
        url.into()
    }

    fn unanswered(&self, error: &ureq::Error) -> Trouble {
        let endpoint = self.environment.endpoint.clone();
        if let Some(reason) = distrust(error) {
            return Trouble::Lasting(ObjectProblem::Untrusted { endpoint, reason });
        }
        let reason = reason(error);
        let problem = ObjectProblem::Unreachable { endpoint, reason };
        match error {
            ureq::Error::BadUri(_) => Trouble::Lasting(problem),
            _ => Trouble::Passing(problem),
        }
    }

    /// The body of an answer, which must not be longer than `most` bytes.
    pub(super) fn body(&self, response: Response<Body>, most: u64) -> Result<Vec<u8>, Trouble> {
        let mut bytes = Vec::new();
        let mut reader = response.into_body().into_reader().take(most.saturating_add(1));
        reader.read_to_end(&mut bytes).map_err(|error| self.broken(&error))?;
        if bytes.len() as u64 > most {
            let reason = format!("more than {most} bytes");
            return Err(Trouble::Lasting(ObjectProblem::BadAnswer { reason }));
        }
        Ok(bytes)
    }

    /// An answer that broke off.
    pub(super) fn broken(&self, error: &std::io::Error) -> Trouble {
        Trouble::Passing(ObjectProblem::Unreachable {
            endpoint: self.environment.endpoint.clone(),
            reason: error.kind().to_string(),
        })
    }
}

/// Why a request has no answer.
pub(super) enum Trouble {
    /// It may have one a moment later.
    Passing(ObjectProblem),
    /// It will not have one.
    Lasting(ObjectProblem),
}

impl Trouble {
    fn into_problem(self) -> ObjectProblem {
        match self {
            Self::Passing(problem) | Self::Lasting(problem) => problem,
        }
    }
}

/// A temporary file that cannot be used.
pub(super) fn temporary(error: &std::io::Error) -> Trouble {
    let reason = error.to_string();
    Trouble::Lasting(ObjectProblem::Temporary { reason })
}

/// The certificates of the system, so that servers of one's own company are trusted as its browsers trust them.
fn tls() -> Result<TlsConfig, ObjectProblem> {
    let found = rustls_native_certs::load_native_certs().certs;
    let certificates: Vec<Certificate<'static>> = found
        .iter()
        .map(|certificate| Certificate::from_der(certificate.as_ref()).to_owned())
        .collect();
    if certificates.is_empty() {
        return Err(ObjectProblem::NoCertificates);
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = TlsConfig::builder()
        .root_certs(RootCerts::new_with_certs(&certificates))
        .unversioned_rustls_crypto_provider(provider);
    Ok(config.build())
}

/// What the answer to a request means.
fn judged(request: &Request<'_>, response: Response<Body>) -> Result<Answer, Trouble> {
    let status = response.status().as_u16();
    match status {
        200..=299 => Ok(Answer::Done(response)),
        412 => Ok(Answer::Exists),
        _ => {
            let region = response.headers().get("x-amz-bucket-region");
            let region = region.and_then(|region| region.to_str().ok()).map(str::to_owned);
            let code = code_of(response);
            match (status, code.as_str()) {
                (404, "NoSuchKey") if request.key.is_some() => Ok(Answer::NotFound),
                // An answer to HEAD has no body.
                (404, "") if request.method == Method::Head => Ok(Answer::NotFound),
                _ => Err(refused(status, code, region)),
            }
        }
    }
}

fn code_of(response: Response<Body>) -> String {
    let mut text = String::new();
    let mut body = response.into_body().into_reader().take(LONGEST_ERROR);
    // What cannot be read is no code.
    let _ = body.read_to_string(&mut text);
    xml::error_code(&text).unwrap_or_default()
}

/// What the codes of S3 mean (Amazon S3 API reference, "Error responses").
fn refused(status: u16, code: String, region: Option<String>) -> Trouble {
    let is_plain = |region: &String| region.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    let region = region.filter(is_plain);
    Trouble::Lasting(match (status, code.as_str()) {
        (_, "NoSuchBucket") => ObjectProblem::NoBucket,
        (_, "RequestTimeTooSkewed") => ObjectProblem::ClockSkew,
        (_, "PermanentRedirect" | "AuthorizationHeaderMalformed" | "IllegalLocationConstraintException")
        | (301 | 307, _) => ObjectProblem::WrongRegion { region },
        (
            _,
            "InvalidAccessKeyId"
            | "SignatureDoesNotMatch"
            | "ExpiredToken"
            | "InvalidToken"
            | "TokenRefreshRequired"
            | "InvalidSecurity",
        )
        | (401, _) => ObjectProblem::WrongCredentials { code },
        (403, _) => ObjectProblem::Denied { code },
        // Two writers at the same moment, a server that is busy, one that has lost another one.
        (409, "ConditionalRequestConflict" | "OperationAborted")
        | (400, "RequestTimeout")
        | (408 | 429 | 500 | 502 | 503 | 504, _) => {
            return Trouble::Passing(ObjectProblem::Refused { status, code });
        }
        _ => ObjectProblem::Refused { status, code },
    })
}

/// What is wrong with how a server speaks TLS; none where the trouble is another.
fn distrust(error: &ureq::Error) -> Option<String> {
    match error {
        ureq::Error::Rustls(error) => Some(error.to_string()),
        ureq::Error::Tls(error) => Some((*error).to_owned()),
        ureq::Error::Io(error) => {
            let inner = error.get_ref()?.downcast_ref::<rustls::Error>();
            inner.map(ToString::to_string)
        }
        _ => None,
    }
}

/// The reason in words that hold no address with a signature.
fn reason(error: &ureq::Error) -> String {
    match error {
        ureq::Error::Io(error) => error.kind().to_string(),
        ureq::Error::Timeout(Timeout::Connect) => "connecting takes too long".to_owned(),
        ureq::Error::Timeout(_) => "it takes too long".to_owned(),
        ureq::Error::HostNotFound => "its name is not known".to_owned(),
        ureq::Error::ConnectionFailed => "no connection".to_owned(),
        _ => "its answer is no HTTP".to_owned(),
    }
}

/// A pause between half and the whole of this one, so that those who met do not meet again.
pub(crate) fn spread(pause: Duration) -> Duration {
    let random = RandomState::new().hash_one(pause) % 1_000;
    let half = pause / 2;
    half.saturating_add(half.mul_f64(random as f64 / 1_000.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lasting(status: u16, code: &str) -> Option<ObjectProblem> {
        match refused(status, code.to_owned(), None) {
            Trouble::Lasting(problem) => Some(problem),
            Trouble::Passing(_) => None,
        }
    }

    #[test]
    fn what_a_server_says_becomes_what_to_do() {
        assert_eq!(lasting(404, "NoSuchBucket"), Some(ObjectProblem::NoBucket));
        assert_eq!(lasting(403, "RequestTimeTooSkewed"), Some(ObjectProblem::ClockSkew));
        assert!(matches!(
            lasting(403, "InvalidAccessKeyId"),
            Some(ObjectProblem::WrongCredentials { .. })
        ));
        assert!(matches!(
            lasting(403, "AccessDenied"),
            Some(ObjectProblem::Denied { .. })
        ));
        assert!(matches!(lasting(301, ""), Some(ObjectProblem::WrongRegion { .. })));
        assert!(matches!(
            lasting(400, "KeyTooLongError"),
            Some(ObjectProblem::Refused { .. })
        ));
    }

    #[test]
    fn busy_servers_are_asked_again() {
        for (status, code) in [
            (503, "SlowDown"),
            (500, ""),
            (409, "ConditionalRequestConflict"),
            (400, "RequestTimeout"),
        ] {
            assert_eq!(lasting(status, code), None, "{status} {code}");
        }
    }
}

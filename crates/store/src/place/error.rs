//! What can go wrong with a bucket, in words that name what to do.

/// Something that could not be done in a bucket.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("cannot {action} {address}: {problem}")]
pub struct ObjectError {
    /// What was tried.
    pub action: &'static str,
    /// On what: `s3://BUCKET/KEY`.
    pub address: String,
    /// Why not.
    pub problem: ObjectProblem,
}

/// Why a bucket could not be used. What a server says reaches nobody but as a code of letters and digits.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ObjectProblem {
    /// The address is none.
    #[error("it is no address of a case; write s3://BUCKET/PREFIX")]
    BadAddress,
    /// An environment variable is missing.
    #[error("{variable} is not set; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY")]
    NoCredentials {
        /// Its name.
        variable: &'static str,
    },
    /// An environment variable says something that cannot be used.
    #[error("{variable} holds {value:?}, which is no address of a server; write https://HOST")]
    BadEndpoint {
        /// Its name.
        variable: &'static str,
        /// What it holds.
        value: String,
    },
    /// The certificates of this computer cannot be read, so that no server can be trusted.
    #[error(
        "this computer has no certificates by which the server could be trusted; install them, or name their file in SSL_CERT_FILE"
    )]
    NoCertificates,
    /// The server does not know the key, or the secret is another one.
    #[error(
        "the server refuses the access key ({code}); check AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN"
    )]
    WrongCredentials {
        /// The server's word for it.
        code: String,
    },
    /// The key may not do this.
    #[error(
        "the server denies it ({code}); the key needs the rights to list, read, write and delete objects below this prefix"
    )]
    Denied {
        /// The server's word for it.
        code: String,
    },
    /// There is no such bucket.
    #[error("there is no such bucket; check its name and the endpoint, or create it first")]
    NoBucket,
    /// The clocks differ by more than the server allows.
    #[error("the clock of this computer and the server's differ too much; set the clock")]
    ClockSkew,
    /// The bucket lies in another region.
    #[error("the bucket lies in another region{}; set AWS_REGION", region.as_ref().map(|region| format!(", {region}")).unwrap_or_default())]
    WrongRegion {
        /// The region, where the server says it.
        region: Option<String>,
    },
    /// The server does not keep two writers from overwriting each other.
    #[error(
        "the server does not honour If-None-Match, without which commits of two writers could be lost; use a server that does, or a case in a folder"
    )]
    NoConditionalWrites,
    /// Nobody answers.
    #[error(
        "{endpoint} does not answer ({reason}); check the endpoint and the network, then run again: what was committed is there, and nothing is stored twice"
    )]
    Unreachable {
        /// The server.
        endpoint: String,
        /// The system's reason.
        reason: String,
    },
    /// The server cannot be spoken to through TLS, mostly since nobody vouches for its certificate.
    #[error(
        "{endpoint} is not trusted ({reason}); name the certificate of who vouches for it in SSL_CERT_FILE, or install it"
    )]
    Untrusted {
        /// The server.
        endpoint: String,
        /// What is wrong with its certificate, or with how it speaks.
        reason: String,
    },
    /// The server says no for another reason.
    #[error("the server answers {status} {code}; run again later, or ask who runs it")]
    Refused {
        /// The HTTP status.
        status: u16,
        /// The server's word for it.
        code: String,
    },
    /// The server's answer is not what S3 answers.
    #[error("the server's answer is not one of S3: {reason}; check the endpoint")]
    BadAnswer {
        /// What is wrong with it.
        reason: String,
    },
    /// An object is larger than a bucket takes at once.
    #[error("{bytes} bytes are more than the {most} that can be written at once")]
    TooLarge {
        /// How many bytes.
        bytes: u64,
        /// How many at most.
        most: u64,
    },
    /// A temporary file on this computer cannot be written or read.
    #[error("a temporary file cannot be used: {reason}; check free space")]
    Temporary {
        /// The system's reason.
        reason: String,
    },
}

//! Who and where: the environment variables that every program for S3 knows.
//!
//! | variable | what it says |
//! |---|---|
//! | `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`, `AWS_SESSION_TOKEN` | who asks |
//! | `AWS_REGION`, else `AWS_DEFAULT_REGION`, else `us-east-1` | the region of the bucket |
//! | `AWS_ENDPOINT_URL_S3`, else `AWS_ENDPOINT_URL` | the server, where it is not Amazon's |
//!
//! Empty variables count as unset, as in Amazon's own programs.

use rusty_s3::{Bucket, Credentials, UrlStyle};

use super::ObjectProblem;
use super::address::Address;

/// The region where none is set.
const DEFAULT_REGION: &str = "us-east-1";

/// The servers, in the order of their precedence.
const ENDPOINTS: [&str; 2] = ["AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL"];

/// Who asks which server for which bucket.
pub(super) struct Environment {
    pub(super) bucket: Bucket,
    pub(super) credentials: Credentials,
    /// The server, for people.
    pub(super) endpoint: String,
    /// Whether the server is spoken to through TLS.
    pub(super) is_secure: bool,
}

impl Environment {
    /// What the variables say, which `read` knows by their names.
    pub(super) fn read(address: &Address, read: &dyn Fn(&str) -> Option<String>) -> Result<Self, ObjectProblem> {
        let set = |name: &str| read(name).filter(|value| !value.trim().is_empty());
        let needed = |variable| set(variable).ok_or(ObjectProblem::NoCredentials { variable });
        let (key, secret) = (needed("AWS_ACCESS_KEY_ID")?, needed("AWS_SECRET_ACCESS_KEY")?);
        let credentials = match set("AWS_SESSION_TOKEN") {
            Some(token) => Credentials::new_with_token(key, secret, token),
            None => Credentials::new(key, secret),
        };
        let region = set("AWS_REGION").or_else(|| set("AWS_DEFAULT_REGION"));
        let region = region.unwrap_or_else(|| DEFAULT_REGION.to_owned());
        let named = ENDPOINTS.iter().find_map(|name| Some((*name, set(name)?)));
        let (variable, endpoint, style) = match named {
            Some((variable, endpoint)) => (variable, endpoint, UrlStyle::Path),
            None => ("AWS_REGION", amazon(&region), style_at_amazon(&address.bucket)),
        };
        let bad = || ObjectProblem::BadEndpoint {
            variable,
            value: endpoint.clone(),
        };
        let url = endpoint.trim().parse().map_err(|_| bad())?;
        let bucket = Bucket::new(url, style, address.bucket.clone(), region).map_err(|_| bad())?;
        Ok(Self {
            endpoint: server(&bucket),
            is_secure: bucket.base_url().scheme() == "https",
            credentials,
            bucket,
        })
    }
}

fn amazon(region: &str) -> String {
    let domain = if region.starts_with("cn-") {
        "amazonaws.com.cn"
    } else {
        "amazonaws.com"
    };
    format!("https://s3.{region}.{domain}")
}

/// A bucket with a dot in its name has no certificate of its own.
fn style_at_amazon(bucket: &str) -> UrlStyle {
    if bucket.contains('.') {
        UrlStyle::Path
    } else {
        UrlStyle::VirtualHost
    }
}

fn server(bucket: &Bucket) -> String {
    bucket.base_url().origin().ascii_serialization()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::path::Path;

    use super::*;

    const KEYS: [(&str, &str); 2] = [("AWS_ACCESS_KEY_ID", "key"), ("AWS_SECRET_ACCESS_KEY", "secret")];

    fn read(variables: &[(&str, &str)], bucket: &str) -> Result<String, ObjectProblem> {
        let variables: BTreeMap<_, _> = variables.iter().copied().collect();
        let address = Address::of(Path::new(&format!("s3://{bucket}"))).unwrap().unwrap();
        let read = |name: &str| variables.get(name).map(|value| (*value).to_owned());
        Environment::read(&address, &read).map(|environment| environment.bucket.base_url().to_string())
    }

    #[test]
    fn amazon_is_asked_where_no_server_is_named() {
        let url = read(&KEYS, "evidence").unwrap();
        assert_eq!(url, "https://evidence.s3.us-east-1.amazonaws.com/");
        let there = [
            KEYS[0],
            KEYS[1],
            ("AWS_REGION", ""),
            ("AWS_DEFAULT_REGION", "eu-west-1"),
        ];
        let url = read(&there, "evidence.2024").unwrap();
        assert_eq!(url, "https://s3.eu-west-1.amazonaws.com/evidence.2024/");
    }

    #[test]
    fn the_server_for_s3_comes_before_the_one_for_everything() {
        let both = [
            KEYS[0],
            KEYS[1],
            ("AWS_ENDPOINT_URL", "http://a"),
            ("AWS_ENDPOINT_URL_S3", "http://127.0.0.1:9000/"),
        ];
        assert_eq!(read(&both, "evidence").unwrap(), "http://127.0.0.1:9000/evidence/");
    }

    #[test]
    fn what_is_missing_or_wrong_is_named() {
        let error = read(&KEYS[..1], "evidence").unwrap_err();
        assert_eq!(
            error,
            ObjectProblem::NoCredentials {
                variable: "AWS_SECRET_ACCESS_KEY"
            }
        );
        for value in ["minio:9000", "ftp://host", "nonsense", "/srv"] {
            let set = [KEYS[0], KEYS[1], ("AWS_ENDPOINT_URL", value)];
            assert!(
                matches!(read(&set, "evidence"), Err(ObjectProblem::BadEndpoint { .. })),
                "{value}"
            );
        }
    }
}

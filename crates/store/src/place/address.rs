//! `s3://BUCKET/PREFIX`: the address of a case in a bucket.

use std::path::Path;

use super::ObjectProblem;

/// What an address begins with.
const SCHEME: &str = "s3://";

/// The longest prefix, in bytes: keys have at most 1,024, and the names below the prefix need room.
const LONGEST_PREFIX: usize = 700;

/// Where in a bucket a case lies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Address {
    /// The bucket.
    pub(super) bucket: String,
    /// What the keys of the case begin with: empty, or ending with a slash.
    pub(super) prefix: String,
}

impl Address {
    /// The address that a path is; none for the path of a folder.
    pub(crate) fn of(path: &Path) -> Option<Result<Self, ObjectProblem>> {
        let text = path.to_str()?;
        Some(Self::parse(text.strip_prefix(SCHEME)?))
    }

    fn parse(rest: &str) -> Result<Self, ObjectProblem> {
        let (bucket, prefix) = rest.split_once('/').unwrap_or((rest, ""));
        let prefix = prefix.trim_end_matches('/');
        if !is_bucket(bucket) || !is_prefix(prefix) {
            return Err(ObjectProblem::BadAddress);
        }
        let prefix = if prefix.is_empty() {
            String::new()
        } else {
            format!("{prefix}/")
        };
        Ok(Self {
            bucket: bucket.to_owned(),
            prefix,
        })
    }

    /// The key of a name within the case.
    pub(super) fn key(&self, name: &str) -> String {
        format!("{}{name}", self.prefix)
    }

    /// The address of a name within the case, for people.
    pub(super) fn text(&self, name: &str) -> String {
        let whole = format!("{SCHEME}{}/{}{name}", self.bucket, self.prefix);
        whole.trim_end_matches('/').to_owned()
    }
}

/// The names that buckets can have (Amazon S3 user guide, "General purpose bucket naming rules").
fn is_bucket(name: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-' || byte == b'.';
    let ends = |character: char| character.is_ascii_lowercase() || character.is_ascii_digit();
    (3..=63).contains(&name.len()) && name.bytes().all(plain) && name.starts_with(ends) && name.ends_with(ends)
}

/// Prefixes without parts that HTTP clients and servers take for something else.
fn is_prefix(prefix: &str) -> bool {
    let is_part =
        |part: &str| !matches!(part, "" | "." | "..") && !part.contains(|character: char| character.is_control());
    prefix.is_empty() || (prefix.len() <= LONGEST_PREFIX && prefix.split('/').all(is_part))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(text: &str) -> Option<Result<Address, ObjectProblem>> {
        Address::of(Path::new(text))
    }

    #[test]
    fn buckets_and_prefixes_are_told_apart() {
        for (text, bucket, prefix) in [
            ("s3://evidence", "evidence", ""),
            ("s3://evidence/", "evidence", ""),
            ("s3://evidence/2024/proxy", "evidence", "2024/proxy/"),
            ("s3://evidence/証拠/", "evidence", "証拠/"),
        ] {
            let read = address(text).unwrap().unwrap();
            assert_eq!((&*read.bucket, &*read.prefix), (bucket, prefix), "{text}");
        }
    }

    #[test]
    fn folders_are_no_addresses() {
        assert!(address("case").is_none());
        assert!(address("/srv/s3/case").is_none());
    }

    #[test]
    fn what_leads_elsewhere_is_refused() {
        for text in [
            "s3://",
            "s3:///x",
            "s3://Evidence",
            "s3://ab",
            "s3://a_b_c",
            "s3://host:80/x",
            "s3://user@host/x",
            "s3://evidence//x",
            "s3://evidence/../x",
            "s3://evidence/a\nb",
        ] {
            assert_eq!(address(text).unwrap(), Err(ObjectProblem::BadAddress), "{text}");
        }
    }
}

//! A case in a bucket of an object store that speaks S3.
//!
//! What is stored is never changed but for small notes that may be lost. What must be there once (commits, versions of Delta logs,
//! numbers of evidence) is put only where nothing is (`If-None-Match: *`), and the server decides who was first.

use std::fs::File;
use std::io::{self, Seek as _, SeekFrom, Write as _};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use rusty_s3::Method;

use super::address::Address;
use super::client::{Answer, Client, Content, Request, Trouble, temporary};
use super::environment::Environment;
use super::xml::Page;
use super::{ObjectError, ObjectProblem};

/// The longest small file, in bytes: what all commits add up to is the largest, with about 300 bytes per part.
const LONGEST_TEXT: u64 = 256 << 20;

/// The longest page of a listing: a thousand keys of 1,024 bytes, each byte escaped, and what stands around them.
const LONGEST_PAGE: u64 = 16 << 20;

/// The most pages of a listing, with a thousand names each.
const MOST_PAGES: usize = 4_000;

/// The most bytes that S3 takes in one piece.
const MOST_BYTES: u64 = 5 << 30;

/// How many bytes of an object are on their way into a file at a time.
const CHUNK: usize = 64 << 10;

/// A bucket, the prefix of a case in it, and the server that has it.
#[derive(Debug)]
pub(crate) struct Bucket {
    address: Address,
    /// The address as the user wrote it.
    root: PathBuf,
    client: Client,
    /// Set once it is known that the server keeps writers from overwriting each other.
    is_safe: OnceLock<()>,
}

type Result<T> = std::result::Result<T, ObjectError>;

impl Bucket {
    /// The bucket at an address, as the environment says how to reach it. Nothing is asked yet.
    pub(super) fn open(root: &Path, address: Address) -> Result<Self> {
        let failed = |problem| ObjectError {
            action: "use",
            address: address.text(""),
            problem,
        };
        let environment = Environment::read(&address, &|name| std::env::var(name).ok()).map_err(failed)?;
        let client = Client::new(environment).map_err(failed)?;
        Ok(Self::with(root, address, client))
    }

    /// The bucket at an address, through a client.
    pub(super) fn with(root: &Path, address: Address, client: Client) -> Self {
        Self {
            client,
            root: root.to_owned(),
            address,
            is_safe: OnceLock::new(),
        }
    }

    /// The address of the case, as the user wrote it.
    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// The address of a name, for people.
    pub(crate) fn text(&self, name: &str) -> String {
        self.address.text(name)
    }

    fn error(&self, action: &'static str, name: &str) -> impl Fn(ObjectProblem) -> ObjectError {
        let address = self.address.text(name);
        move |problem| ObjectError {
            action,
            address: address.clone(),
            problem,
        }
    }

    /// Makes sure, once, that the server puts an object only where there is none when it is asked to. `own` is a name that nobody else
    /// has.
    pub(crate) fn check_is_safe(&self, own: &str) -> Result<()> {
        if self.is_safe.get().is_some() {
            return Ok(());
        }
        let name = format!("tmp/{own}.probe");
        let first = self.put_new(&name, "first")?;
        let second = self.put_new(&name, "second")?;
        self.remove(&name)?;
        if !first || second {
            return Err(self.error("write to", "")(ObjectProblem::NoConditionalWrites));
        }
        self.is_safe.get_or_init(|| ());
        Ok(())
    }

    /// The content of a small object; none where there is none.
    pub(crate) fn read_text(&self, name: &str) -> Result<Option<String>> {
        let key = self.address.key(name);
        let read = self
            .client
            .asked(&Request::new(Method::Get, &key), |answer| match answer {
                Answer::Done(response) => self.client.body(response, LONGEST_TEXT).map(Some),
                Answer::NotFound | Answer::Exists => Ok(None),
            });
        let bytes = read.map_err(self.error("read", name))?;
        let text = bytes.map(String::from_utf8).transpose();
        text.map_err(|_| {
            let reason = "it is not text".to_owned();
            self.error("read", name)(ObjectProblem::BadAnswer { reason })
        })
    }

    /// How many bytes an object has; none where there is none.
    pub(crate) fn length(&self, name: &str) -> Result<Option<u64>> {
        let key = self.address.key(name);
        let answer = self.client.send(&Request::new(Method::Head, &key));
        Ok(match answer.map_err(self.error("read", name))? {
            Answer::Done(response) => {
                let length = response.headers().get("content-length");
                length.and_then(|length| length.to_str().ok()?.parse().ok())
            }
            Answer::NotFound | Answer::Exists => None,
        })
    }

    /// A range of an object; none where there is no such object.
    pub(crate) fn read_range(&self, name: &str, range: Range<u64>) -> Result<Option<Vec<u8>>> {
        let length = range.end.saturating_sub(range.start);
        if length == 0 {
            return Ok(Some(Vec::new()));
        }
        let key = self.address.key(name);
        let text = format!("bytes={}-{}", range.start, range.end.saturating_sub(1));
        let headers = [("range", text.as_str())];
        let request = Request {
            headers: &headers,
            ..Request::new(Method::Get, &key)
        };
        let read = self.client.asked(&request, |answer| match answer {
            Answer::Done(response) => {
                // A server that knows no ranges sends everything: what is longer than asked for is refused.
                self.client.body(response, length).map(Some)
            }
            Answer::NotFound | Answer::Exists => Ok(None),
        });
        let bytes = read.map_err(self.error("read", name))?;
        match &bytes {
            Some(bytes) if bytes.len() as u64 != length => {
                let reason = format!("{} bytes where {length} were asked for", bytes.len());
                Err(self.error("read", name)(ObjectProblem::BadAnswer { reason }))
            }
            _ => Ok(bytes),
        }
    }

    /// A copy of an object in a file of its own that is gone with its handle; none where there is no such object. Says how many bytes
    /// came, at most one more than were expected.
    pub(crate) fn fetch(&self, name: &str, expected: u64) -> Result<Option<(File, u64)>> {
        let key = self.address.key(name);
        let fetched = self
            .client
            .asked(&Request::new(Method::Get, &key), |answer| match answer {
                Answer::Done(response) => {
                    let mut file = tempfile::tempfile().map_err(|error| temporary(&error))?;
                    let mut body = io::Read::take(response.into_body().into_reader(), expected.saturating_add(1));
                    let bytes = copy(&mut body, &mut file, &self.client)?;
                    Ok(Some((file, bytes)))
                }
                Answer::NotFound | Answer::Exists => Ok(None),
            });
        fetched.map_err(self.error("read", name))
    }

    /// Writes a small object, in the place of one that may be there.
    pub(crate) fn put(&self, name: &str, content: &str) -> Result<()> {
        let key = self.address.key(name);
        let request = Request {
            body: Content::Text(content),
            ..Request::new(Method::Put, &key)
        };
        self.done(&request).map_err(self.error("write", name))
    }

    /// Writes a small object where there is none; says whether it is this one that is there now. Two contents that are to be told apart
    /// must differ: an answer that was lost is made up for by reading.
    pub(crate) fn put_new(&self, name: &str, content: &str) -> Result<bool> {
        let key = self.address.key(name);
        let request = Request {
            body: Content::Text(content),
            headers: &[("if-none-match", "*")],
            ..Request::new(Method::Put, &key)
        };
        match self.client.send(&request) {
            Ok(Answer::Done(_)) => Ok(true),
            Ok(Answer::Exists) => Ok(self.read_text(name)?.is_some_and(|found| found == content)),
            Ok(Answer::NotFound) => Err(self.error("write", name)(ObjectProblem::NoBucket)),
            Err(ObjectProblem::Refused { status: 501, .. }) => {
                Err(self.error("write", name)(ObjectProblem::NoConditionalWrites))
            }
            Err(problem) => Err(self.error("write", name)(problem)),
        }
    }

    /// Writes an object from a file on this computer.
    pub(crate) fn put_file(&self, name: &str, path: &Path) -> Result<()> {
        let failed = self.error("write", name);
        let unusable = |error: io::Error| {
            failed(ObjectProblem::Temporary {
                reason: error.to_string(),
            })
        };
        let file = File::open(path).map_err(unusable)?;
        let bytes = file.metadata().map_err(unusable)?.len();
        if bytes > MOST_BYTES {
            return Err(failed(ObjectProblem::TooLarge {
                bytes,
                most: MOST_BYTES,
            }));
        }
        let key = self.address.key(name);
        let request = Request {
            body: Content::File(&file),
            ..Request::new(Method::Put, &key)
        };
        self.done(&request).map_err(failed)
    }

    fn done(&self, request: &Request<'_>) -> std::result::Result<(), ObjectProblem> {
        match self.client.send(request)? {
            Answer::Done(_) => Ok(()),
            Answer::NotFound => Err(ObjectProblem::NoBucket),
            Answer::Exists => Err(ObjectProblem::Refused {
                status: 412,
                code: "PreconditionFailed".to_owned(),
            }),
        }
    }

    /// Takes an object away; one that is not there is fine.
    pub(crate) fn remove(&self, name: &str) -> Result<()> {
        let key = self.address.key(name);
        let answer = self.client.send(&Request::new(Method::Delete, &key));
        answer.map(drop).map_err(self.error("remove", name))
    }

    /// The names of objects and of folders right below a folder, in order, each of them once; `after` leaves out those before it.
    pub(crate) fn names(&self, folder: &str, after: Option<&str>) -> Result<Vec<String>> {
        let failed = self.error("list", folder);
        let prefix = match folder {
            "" => self.address.key(""),
            folder => self.address.key(&format!("{folder}/")),
        };
        let start = after.map(|after| format!("{prefix}{after}"));
        let (mut names, mut next) = (Vec::new(), None);
        for _ in 0..MOST_PAGES {
            let page = self.page(&prefix, start.as_deref(), next.as_deref()).map_err(&failed)?;
            let below = |key: &String| Some(key.strip_prefix(&*prefix)?.trim_end_matches('/').to_owned());
            let found = page.keys.iter().chain(&page.prefixes).filter_map(below);
            names.extend(found.filter(|name| !name.is_empty()));
            next = page.next;
            if next.is_none() {
                names.sort_unstable();
                names.dedup();
                return Ok(names);
            }
        }
        let reason = format!("a listing of more than {MOST_PAGES} pages");
        Err(failed(ObjectProblem::BadAnswer { reason }))
    }

    fn page(&self, prefix: &str, start: Option<&str>, next: Option<&str>) -> std::result::Result<Page, ObjectProblem> {
        let mut query = vec![("delimiter", "/"), ("list-type", "2"), ("prefix", prefix)];
        query.extend(next.map(|next| ("continuation-token", next)));
        query.extend(start.filter(|_| next.is_none()).map(|start| ("start-after", start)));
        query.sort_unstable();
        let request = Request {
            key: None,
            query: &query,
            ..Request::new(Method::Get, "")
        };
        let bytes = self.client.asked(&request, |answer| match answer {
            Answer::Done(response) => self.client.body(response, LONGEST_PAGE).map(Some),
            Answer::NotFound | Answer::Exists => Ok(None),
        })?;
        let text = bytes.ok_or(ObjectProblem::NoBucket)?;
        let page = std::str::from_utf8(&text).ok().and_then(Page::read);
        page.ok_or_else(|| ObjectProblem::BadAnswer {
            reason: "a listing that cannot be read".to_owned(),
        })
    }
}

/// Copies what comes into a file, and goes back to its start.
fn copy(body: &mut dyn io::Read, file: &mut File, client: &Client) -> std::result::Result<u64, Trouble> {
    let mut buffer = vec![0_u8; CHUNK];
    let mut bytes = 0_u64;
    loop {
        let read = match body.read(&mut buffer) {
            Ok(0) => break,
            Ok(read) => read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(client.broken(&error)),
        };
        let written = file.write_all(buffer.get(..read).unwrap_or_default());
        written.map_err(|error| temporary(&error))?;
        bytes = bytes.saturating_add(read as u64);
    }
    file.seek(SeekFrom::Start(0)).map_err(|error| temporary(&error))?;
    Ok(bytes)
}

//! A server for S3 within a test: one that works, and ones that do not.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::sync::{Arc, Mutex};

use super::Place;
use super::address::Address;
use super::bucket::Bucket;
use super::client::Client;
use super::environment::Environment;

/// How a server behaves.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Manner {
    /// As S3 does.
    Right,
    /// Does what is asked, and breaks off before it has answered, every third time.
    Forgetful,
    /// Writes over what is there, whatever the request says.
    Careless,
    /// Answers every request with this.
    Says(&'static str),
}

struct Request {
    method: String,
    key: String,
    query: String,
    headers: BTreeMap<String, String>,
    body: Vec<u8>,
}

type Objects = BTreeMap<String, Vec<u8>>;

/// What a bucket holds, past its server.
#[derive(Clone, Default)]
pub(crate) struct Served(Arc<Mutex<Objects>>);

impl Served {
    pub(crate) fn names(&self) -> Vec<String> {
        self.0.lock().unwrap().keys().cloned().collect()
    }

    pub(crate) fn contents(&self) -> Vec<Vec<u8>> {
        self.0.lock().unwrap().values().cloned().collect()
    }

    pub(crate) fn put(&self, name: &str, content: &str) {
        self.0
            .lock()
            .unwrap()
            .insert(name.to_owned(), content.as_bytes().to_vec());
    }

    pub(crate) fn remove(&self, name: &str) {
        assert!(self.0.lock().unwrap().remove(name).is_some(), "{name}");
    }
}

/// An empty bucket on a server of its own.
pub(crate) fn serve(manner: Manner) -> (Place, Served) {
    let (endpoint, served) = server(manner);
    (Place::Bucket(Arc::new(bucket(&endpoint))), served)
}

/// A server that lives as long as the test.
pub(super) fn server(manner: Manner) -> (String, Served) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let endpoint = format!("http://{}", listener.local_addr().unwrap());
    let served = Served::default();
    let shared = served.clone();
    std::thread::spawn(move || {
        for (number, stream) in listener.incoming().enumerate() {
            let mut stream = stream.unwrap();
            let Some(request) = read(&stream) else { continue };
            let answer = match manner {
                Manner::Says(answer) => answer.as_bytes().to_vec(),
                _ => answer(&mut shared.0.lock().unwrap(), &request, manner),
            };
            if manner == Manner::Forgetful && number % 3 == 1 {
                continue;
            }
            // Whoever asked may have gone.
            let _ = stream.write_all(&answer);
        }
    });
    (endpoint, served)
}

fn read(stream: &TcpStream) -> Option<Request> {
    let mut lines = BufReader::new(stream);
    let mut line = String::new();
    lines.read_line(&mut line).ok()?;
    let mut words = line.split(' ');
    let (method, target) = (words.next()?.to_owned(), words.next()?.to_owned());
    let mut headers = BTreeMap::new();
    loop {
        let mut line = String::new();
        lines.read_line(&mut line).ok()?;
        match line.trim_end().split_once(": ") {
            Some((name, value)) => headers.insert(name.to_lowercase(), value.to_owned()),
            None => break,
        };
    }
    let length = headers
        .get("content-length")
        .and_then(|length| length.parse().ok())
        .unwrap_or(0);
    let mut body = vec![0; length];
    lines.read_exact(&mut body).ok()?;
    let (path, query) = target.split_once('?')?;
    Some(Request {
        method,
        key: path.trim_start_matches("/evidence/").to_owned(),
        query: query.to_owned(),
        headers,
        body,
    })
}

fn answer(objects: &mut Objects, request: &Request, manner: Manner) -> Vec<u8> {
    let is_there = objects.contains_key(&request.key);
    let is_conditional = request.headers.contains_key("if-none-match") && manner != Manner::Careless;
    match request.method.as_str() {
        // The length without the body.
        "HEAD" if is_there => {
            let mut answer = said(200, objects.get(&request.key).map_or(&[][..], Vec::as_slice));
            let head = answer.windows(4).position(|end| end == b"\r\n\r\n").unwrap();
            answer.truncate(head + 4);
            answer
        }
        "PUT" if is_there && is_conditional => said(412, b"<Error><Code>PreconditionFailed</Code></Error>"),
        "PUT" => {
            objects.insert(request.key.clone(), request.body.clone());
            said(200, b"")
        }
        "DELETE" => {
            objects.remove(&request.key);
            said(204, b"")
        }
        _ if request.query.contains("list-type=2") => said(200, listing(objects, &request.query).as_bytes()),
        _ => match objects.get(&request.key) {
            Some(bytes) => said(200, range(bytes, request)),
            None if request.method == "HEAD" => said(404, b""),
            None => said(404, b"<Error><Code>NoSuchKey</Code></Error>"),
        },
    }
}

fn range<'a>(bytes: &'a [u8], request: &Request) -> &'a [u8] {
    let range = request
        .headers
        .get("range")
        .and_then(|range| range.strip_prefix("bytes="));
    let Some((first, last)) = range.and_then(|range| range.split_once('-')) else {
        return bytes;
    };
    let (first, last): (usize, usize) = (first.parse().unwrap(), last.parse().unwrap());
    &bytes[first..bytes.len().min(last + 1)]
}

fn listing(objects: &Objects, query: &str) -> String {
    let value = |name: &str| {
        let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
        let mut found = pairs.filter(|(known, _)| *known == name);
        found
            .next()
            .map(|(_, value)| value.replace("%2F", "/"))
            .unwrap_or_default()
    };
    let (prefix, after) = (value("prefix"), value("start-after"));
    let (mut listed, mut last) = (String::new(), String::new());
    for key in objects.keys().filter(|key| key.starts_with(&prefix) && **key > after) {
        let below = &key[prefix.len()..];
        match below.split_once('/') {
            None => write!(listed, "<Contents><Key>{key}</Key></Contents>").unwrap(),
            Some((folder, _)) if folder == last => {}
            Some((folder, _)) => {
                write!(
                    listed,
                    "<CommonPrefixes><Prefix>{prefix}{folder}/</Prefix></CommonPrefixes>"
                )
                .unwrap();
                folder.clone_into(&mut last);
            }
        }
    }
    format!("<ListBucketResult><IsTruncated>false</IsTruncated>{listed}</ListBucketResult>")
}

fn said(status: u16, body: &[u8]) -> Vec<u8> {
    let mut answer = format!(
        "HTTP/1.1 {status} -\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    )
    .into_bytes();
    answer.extend_from_slice(body);
    answer
}

/// The bucket of a server.
pub(super) fn bucket(endpoint: &str) -> Bucket {
    let address = Address::of(Path::new("s3://evidence")).unwrap().unwrap();
    let variable = |name: &str| match name {
        "AWS_ENDPOINT_URL" => Some(endpoint.to_owned()),
        name => (name.ends_with("_ID") || name.ends_with("_KEY")).then(|| "secret-of-test".to_owned()),
    };
    let environment = Environment::read(&address, &variable).unwrap();
    Bucket::with(Path::new("s3://evidence"), address, Client::new(environment).unwrap())
}

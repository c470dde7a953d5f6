//! Requests for something on the web: what the HTTP libraries of Windows tell inside of the program that uses them, and what
//! services tell that work for others.
//!
//! | file | what it reads |
//! |---|---|
//! | `webio` | Microsoft-Windows-WebIO, the lower half of WinHTTP: connections, TLS, requests |
//! | `wininet` | Microsoft-Windows-WinINet: connections and requests |
//! | `services` | Microsoft-Windows-WinHttp and the choice of proxies, Microsoft-Windows-Bits-Client |
//!
//! A library names a request, a connection or a socket by an address of its process's memory. Two events of one process that
//! have such an address in common speak of one thing, until another event says that it is a new one.

mod services;
#[cfg(test)]
mod tests;
mod webio;
mod wininet;

use std::collections::HashMap;
use std::hash::Hash;

use foldhash::fast::RandomState;
use whotalks_record::{Pid, Text, Timestamp, TransferJobs, WebRequest, WebRequestStage, beginning};

use super::programs::{WEB_IO, WININET};
use crate::template::{Templates, Value};
use crate::{Event, Guid};

pub(super) const WINHTTP: Guid = Guid::new(
    0x7d44_233d,
    0x3055,
    0x4b9c,
    [0xba, 0x64, 0x0d, 0x47, 0xca, 0x40, 0xa2, 0x32],
);
pub(super) const BITS: Guid = Guid::new(
    0xef1c_c15b,
    0x46c1,
    0x414e,
    [0xbb, 0x95, 0xe7, 0x6b, 0x07, 0x7b, 0xd5, 0x1e],
);

/// Requests, connections or jobs remembered of one library at a time. Beyond it all are forgotten, and what comes after joins
/// nothing that came before.
const MOST_REMEMBERED: usize = 16_384;

/// A thing of a process: its identifier, and where its memory has it.
type Handle = (u32, u64);

/// What later events refer to.
#[derive(Debug, Default)]
pub(super) struct Requests {
    wininet: wininet::WinInet,
    webio: webio::WebIo,
    jobs: TransferJobs,
}

impl Requests {
    /// What `event` tells of a request, with what earlier events told of the same one.
    pub(super) fn read(&mut self, event: &Event<'_>, templates: &mut Templates) -> Option<WebRequest> {
        match (event.provider, event.id) {
            (WININET | WINHTTP, 814 | 815) => services::proxy(event, templates),
            (WININET, _) => self.wininet.read(event, templates),
            (WEB_IO, _) => self.webio.read(event, templates),
            (WINHTTP, _) => services::winhttp(event, templates),
            (BITS, _) => services::bits(event, templates, &mut self.jobs),
            _ => None,
        }
    }
}

/// A map that forgets everything when it is full.
#[derive(Debug)]
struct Remembered<K, V>(HashMap<K, V, RandomState>);

impl<K, V> Default for Remembered<K, V> {
    fn default() -> Self {
        Self(HashMap::default())
    }
}

impl<K: Eq + Hash, V> Remembered<K, V> {
    fn put(&mut self, key: K, value: V) {
        if self.0.len() >= MOST_REMEMBERED && !self.0.contains_key(&key) {
            self.0.clear();
        }
        self.0.insert(key, value);
    }

    fn get(&self, key: &K) -> Option<&V> {
        self.0.get(key)
    }

    fn get_mut(&mut self, key: &K) -> Option<&mut V> {
        self.0.get_mut(key)
    }

    fn forget(&mut self, key: &K) {
        self.0.remove(key);
    }
}

/// A request of which nothing is known but its event.
fn bare(event: &Event<'_>, time: Timestamp, stage: WebRequestStage) -> WebRequest {
    WebRequest {
        span: event.span,
        time,
        host: None,
        stage,
        pid: None,
        image: None,
        module: None,
        name: None,
        port: None,
        url: None,
        verb: None,
        status: None,
        carrier: None,
        proxy: None,
        peer: None,
        job: None,
        account: None,
    }
}

/// The process in whose memory the thing lies that a pointer shows, where it is one.
fn handle(event: &Event<'_>, pointer: Option<Value<'_>>) -> Option<Handle> {
    let pointer = pointer.and_then(Value::number).filter(|pointer| *pointer != 0)?;
    Some((event.process_id?, pointer))
}

fn asker(event: &Event<'_>) -> Option<Pid> {
    event.process_id.map(Pid)
}

/// A text that ends the payload, with its own end: without that it may be the beginning of another one.
fn last_text(event: &Event<'_>, value: Option<Value<'_>>) -> Option<Text> {
    text(value.filter(|_| event.payload.ends_with(&[0])))
}

/// A text that says something.
fn text(value: Option<Value<'_>>) -> Option<Text> {
    let text = value.and_then(Value::text)?;
    Some(text.trim()).filter(|text| !text.is_empty()).map(Text::from)
}

/// A text of which no more than a line of a table is kept.
fn short_text(value: Option<Value<'_>>) -> Option<Text> {
    let text = text(value)?;
    Some(beginning(&text, WebRequest::MOST_URL_BYTES).into())
}

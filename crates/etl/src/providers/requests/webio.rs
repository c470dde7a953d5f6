//! Microsoft-Windows-WebIO, the lower half of WinHTTP. A connection is called (200), stands (201) or not (202), and carries TLS for a
//! host (700, 703); a request (17, 18: handle, method and URL) gets a connection (104: both handles). Only the far end is told.

use whotalks_record::{Endpoint, Span, Text, Timestamp, WebCarrier, WebRequest, WebRequestStage, WebTarget};

use super::wininet::with_target;
use super::{Handle, Remembered, asker, bare, handle, short_text, text};
use crate::Event;
use crate::template::{Templates, Value};

/// The requests and connections of all programs.
#[derive(Debug, Default)]
pub(super) struct WebIo {
    asked: Remembered<Handle, Asked>,
    connections: Remembered<Handle, Connection>,
}

#[derive(Debug)]
struct Asked {
    span: Span,
    time: Timestamp,
    target: WebTarget,
    verb: Option<Text>,
}

#[derive(Debug, Default)]
struct Connection {
    /// Whom it calls, and since when.
    called: Option<(Endpoint, Timestamp)>,
    /// What it is, since it stands.
    carrier: Option<WebCarrier>,
    /// The host that TLS was last negotiated with; each message of the handshake is an event.
    secured: Option<Text>,
}

impl WebIo {
    pub(super) fn read(&mut self, event: &Event<'_>, templates: &mut Templates) -> Option<WebRequest> {
        match event.id {
            17 | 18 => {
                self.asks(event, templates);
                None
            }
            104 => self.sent(event, templates),
            200..=202 => self.connects(event, templates),
            700 | 703 => self.secured(event, templates),
            _ => None,
        }
    }

    fn asks(&mut self, event: &Event<'_>, templates: &mut Templates) -> Option<()> {
        let names = ["Request", "Method", "URI", "Error"];
        let [request, verb, url, error] = templates.of(event)?.values(event, names);
        let request = handle(event, request)?;
        self.asked.forget(&request);
        let asked = Asked {
            span: event.span,
            time: event.time?,
            target: WebTarget::of_url(&text(url)?).filter(|_| is_success(error))?,
            verb: short_text(verb),
        };
        self.asked.put(request, asked);
        Some(())
    }

    fn sent(&self, event: &Event<'_>, templates: &mut Templates) -> Option<WebRequest> {
        let [request, connection] = templates.of(event)?.values(event, ["Request", "Connection"]);
        let asked = self.asked.get(&handle(event, request)?)?;
        let connection = handle(event, connection).and_then(|connection| self.connections.get(&connection));
        Some(WebRequest {
            span: asked.span,
            pid: asker(event),
            verb: asked.verb.clone(),
            carrier: connection.and_then(|connection| connection.carrier),
            ..with_target(bare(event, asked.time, WebRequestStage::Sent), asked.target.clone())
        })
    }

    fn connects(&mut self, event: &Event<'_>, templates: &mut Templates) -> Option<WebRequest> {
        let [connection, address, error] = templates.of(event)?.values(event, ["Connection", "Address", "Error"]);
        let (connection, time) = (handle(event, connection)?, event.time?);
        let before = self.connections.get(&connection).and_then(|known| known.called);
        self.connections.forget(&connection);
        let remote = address
            .and_then(Value::socket_address)
            .filter(|remote| remote.port != 0)?;
        if event.id == 202 || !is_success(error) && event.id == 201 {
            return None;
        }
        let begun = before.filter(|(called, _)| *called == remote && event.id == 201);
        let made = begun.map_or(time, |(_, time)| time);
        let carrier = WebCarrier::made_at(event.span, made, None, remote).filter(|_| event.id == 201);
        let known = Connection {
            called: Some((remote, made)),
            carrier,
            secured: None,
        };
        self.connections.put(connection, known);
        carrier.map(|carrier| WebRequest {
            pid: asker(event),
            carrier: Some(carrier),
            ..bare(event, time, WebRequestStage::Connected)
        })
    }

    fn secured(&mut self, event: &Event<'_>, templates: &mut Templates) -> Option<WebRequest> {
        let names = ["Connection", "HostName", "InputFlags"];
        let [connection, host, flags] = templates.of(event)?.values(event, names);
        // What follows the host shows that its name is whole.
        let connection = handle(event, connection).filter(|_| flags.is_some())?;
        let target = WebTarget::of_host(&text(host)?).filter(|target| target.name.is_some())?;
        if self.connections.get(&connection).is_none() {
            self.connections.put(connection, Connection::default());
        }
        let known = self.connections.get_mut(&connection)?;
        if known.secured == target.name {
            return None;
        }
        known.secured.clone_from(&target.name);
        Some(WebRequest {
            pid: asker(event),
            carrier: known.carrier,
            ..with_target(bare(event, event.time?, WebRequestStage::Secured), target)
        })
    }
}

/// Whether an error is stated that is none.
fn is_success(error: Option<Value<'_>>) -> bool {
    error.and_then(Value::number) == Some(0)
}

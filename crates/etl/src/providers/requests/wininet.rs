//! Microsoft-Windows-WinINet. A request (1007: handle and URL) gets a new connection (1046: handle, socket and both ends) or one
//! that is there already (1048: handle and socket); what is redirected (1049) asks for something else with the same handle. 301
//! tells for which server a connection is made, by the local port. 1057 tells the whole of a request when it is done, but not over
//! which connection.

use whotalks_record::{
    IpProtocol, Nanoseconds, Span, Text, Timestamp, WebCarrier, WebRequest, WebRequestStage, WebTarget,
};

use super::{Handle, Remembered, asker, bare, handle, last_text, short_text, text};
use crate::Event;
use crate::template::{Templates, Value};

/// A connection is made within this time after it is told for which server; Windows gives a call up after 21 s.
const LONGEST_CALL: Nanoseconds = Nanoseconds::from_seconds(30);

/// What is kept of an answer that came out of the cache of the library and from no network: the first value of the map
/// `UsageLogRequestCache` is "missed", the second "hit".
const CACHE_HIT: u64 = 1;

/// The requests and sockets of all programs.
#[derive(Debug, Default)]
pub(super) struct WinInet {
    asked: Remembered<Handle, Asked>,
    sockets: Remembered<Handle, WebCarrier>,
    /// The servers that calls are made for, by process and local port.
    servers: Remembered<(u32, u64), (Text, Timestamp)>,
}

#[derive(Debug)]
struct Asked {
    span: Span,
    time: Timestamp,
    target: WebTarget,
}

impl WinInet {
    pub(super) fn read(&mut self, event: &Event<'_>, templates: &mut Templates) -> Option<WebRequest> {
        match event.id {
            301 => self.calls(event, templates),
            303 => self.closes(event, templates),
            1007 => self.asks(event, templates),
            1046 => return self.connects(event, templates),
            1048 => return self.reuses(event, templates),
            1049 => self.redirected(event, templates),
            1057 => return answered(event, templates),
            _ => None,
        };
        None
    }

    fn calls(&mut self, event: &Event<'_>, templates: &mut Templates) -> Option<()> {
        let [name, port] = templates.of(event)?.values(event, ["ServerName", "LocalPort"]);
        let name = WebTarget::of_host(&text(name)?)?.name?;
        let port = port.and_then(Value::number).filter(|port| *port != 0)?;
        self.servers.put((event.process_id?, port), (name, event.time?));
        Some(())
    }

    fn closes(&mut self, event: &Event<'_>, templates: &mut Templates) -> Option<()> {
        let [socket] = templates.of(event)?.values(event, ["SocketHandle"]);
        self.sockets.forget(&handle(event, socket)?);
        Some(())
    }

    fn asks(&mut self, event: &Event<'_>, templates: &mut Templates) -> Option<()> {
        let [request, url] = templates.of(event)?.values(event, ["Request", "AddressName"]);
        let request = handle(event, request)?;
        self.asked.forget(&request);
        let asked = Asked {
            span: event.span,
            time: event.time?,
            target: WebTarget::of_url(&last_text(event, url)?)?,
        };
        self.asked.put(request, asked);
        Some(())
    }

    fn redirected(&mut self, event: &Event<'_>, templates: &mut Templates) -> Option<()> {
        let [request] = templates.of(event)?.values(event, ["Request"]);
        self.asked.forget(&handle(event, request)?);
        Some(())
    }

    fn connects(&mut self, event: &Event<'_>, templates: &mut Templates) -> Option<WebRequest> {
        let names = ["Request", "Socket", "Protocol", "LocalAddress", "RemoteAddress"];
        let [request, socket, protocol, local, remote] = templates.of(event)?.values(event, names);
        let socket = handle(event, socket)?;
        self.sockets.forget(&socket);
        let protocol = protocol.and_then(Value::number)?;
        let is_tcp = protocol == 0 || protocol == u64::from(IpProtocol::TCP.0);
        let local = local.and_then(Value::socket_address);
        let remote = remote.filter(|_| is_tcp)?.socket_address()?;
        let carrier = WebCarrier::made_at(event.span, event.time?, local, remote)?;
        self.sockets.put(socket, carrier);
        self.sent(event, request, carrier)
            .or_else(|| self.connected(event, carrier))
    }

    fn reuses(&self, event: &Event<'_>, templates: &mut Templates) -> Option<WebRequest> {
        let [request, socket] = templates.of(event)?.values(event, ["Request", "Socket"]);
        let carrier = *self.sockets.get(&handle(event, socket)?)?;
        self.sent(event, request, carrier)
    }

    fn sent(&self, event: &Event<'_>, request: Option<Value<'_>>, carrier: WebCarrier) -> Option<WebRequest> {
        let asked = self.asked.get(&handle(event, request)?)?;
        Some(WebRequest {
            span: asked.span,
            pid: asker(event),
            carrier: Some(carrier),
            ..with_target(bare(event, asked.time, WebRequestStage::Sent), asked.target.clone())
        })
    }

    /// A connection whose request is not known, but for which server it was made.
    fn connected(&self, event: &Event<'_>, carrier: WebCarrier) -> Option<WebRequest> {
        let port = carrier.local?.port;
        let (name, time) = self.servers.get(&(event.process_id?, port.into()))?;
        let is_same = carrier.made - *time <= LONGEST_CALL;
        is_same.then(|| WebRequest {
            pid: asker(event),
            name: Some(Text::clone(name)),
            carrier: Some(carrier),
            ..bare(event, carrier.made, WebRequestStage::Connected)
        })
    }
}

fn answered(event: &Event<'_>, templates: &mut Templates) -> Option<WebRequest> {
    let names = ["URL", "Verb", "Status", "UsageLogRequestCache"];
    let [url, verb, status, cache] = templates.of(event)?.values(event, names);
    let target = WebTarget::of_url(&text(url)?)?;
    // Without the last field the event is cut, and may as well tell of the cache.
    if cache.and_then(Value::number)? == CACHE_HIT {
        return None;
    }
    Some(WebRequest {
        pid: asker(event),
        verb: short_text(verb),
        status: status.and_then(Value::number_32).filter(|status| *status != 0),
        ..with_target(bare(event, event.time?, WebRequestStage::Answered), target)
    })
}

pub(super) fn with_target(request: WebRequest, target: WebTarget) -> WebRequest {
    WebRequest {
        port: target.asked_port(),
        name: target.name,
        url: target.url,
        ..request
    }
}

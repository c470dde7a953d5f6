//! Table `WebRequests`.

use std::net::IpAddr;

use whotalks_record as record;
use whotalks_record::{Span, Text, Timestamp, WebCarrier, WebRequest, WebRequestStage};

use super::endpoint;
use crate::declare::{columns, table};

table! {
    /// Requests for something on the web, as HTTP libraries and the transfer service tell them in traces, and the latter in its own log.
    pub struct WebRequests(Observed);
    WebRequest as request {
        /// The event.
        Record: Span [Reader] = request.span;
        /// When, by the host's clock.
        Time: Timestamp [Evidence] = request.time;
        /// The computer; none in a trace.
        Host: Option<Text> [Evidence lookup] = request.host;
        /// What happened.
        Stage: WebRequestStage [Evidence] = request.stage;
        /// Who asks; of what a service writes only where the event states it.
        ProcessId: Option<record::Pid> [Evidence] = request.pid;
        /// The asker's image, where stated.
        Image: Option<Text> [Evidence lookup] = request.image;
        /// The module inside of the asker that uses the library.
        Module: Option<Text> [Evidence] = request.module;
        /// The host asked for, in lower case, without a trailing dot; none for an address.
        Name: Option<Text> [Evidence lookup] = request.name;
        /// The port asked for.
        Port: Option<u16> [Evidence] = request.port;
        /// The URL without account, query and fragment.
        Url: Option<Text> [Evidence] = request.url;
        /// The method of HTTP.
        Verb: Option<Text> [Evidence] = request.verb;
        /// The status of HTTP of an answered request, else a Win32 error or an HRESULT.
        Status: Option<u32> [Evidence] = request.status;
        /// The event, of the same trace, that made the connection which carries it, where one is told.
        CarrierRecord: Option<u64> [Evidence] = request.carrier.map(|carrier| carrier.record);
        /// Where its bytes begin.
        CarrierOffset: Option<u64> [Evidence] = request.carrier.map(|carrier| carrier.offset);
        /// How many they are; 0 where that is not known.
        CarrierLength: Option<u32> [Evidence] = request.carrier.map(|carrier| carrier.length);
        /// When that connection was made, by the host's clock.
        CarrierTime: Option<Timestamp> [Evidence] = request.carrier.map(|carrier| carrier.made);
        /// Its own address, where told.
        LocalAddress: Option<IpAddr> [Evidence] = request.carrier.and_then(|carrier| Some(carrier.local?.address));
        /// Its own port.
        LocalPort: Option<u16> [Evidence] = request.carrier.and_then(|carrier| Some(carrier.local?.port));
        /// The address of its far end.
        RemoteAddress: Option<IpAddr> [Evidence] = request.carrier.map(|carrier| carrier.remote.address);
        /// The port of its far end.
        RemotePort: Option<u16> [Evidence] = request.carrier.map(|carrier| carrier.remote.port);
        /// The proxies that were found for it, as the system writes them.
        Proxy: Option<Text> [Evidence] = request.proxy;
        /// The neighbour that gave the file, in place of the host of the URL.
        Peer: Option<Text> [Evidence] = request.peer;
        /// The job of a transfer service.
        Job: Option<Text> [Evidence] = request.job;
        /// The account that the job belongs to.
        Account: Option<Text> [Evidence] = request.account;
    } => WebRequest {
        span: Record,
        time: Time,
        host: Host,
        stage: Stage,
        pid: ProcessId,
        image: Image,
        module: Module,
        name: Name,
        port: Port,
        url: Url,
        verb: Verb,
        status: Status,
        carrier: carrier(
            (CarrierRecord, CarrierOffset, CarrierLength, CarrierTime),
            endpoint(LocalAddress, LocalPort),
            endpoint(RemoteAddress, RemotePort),
        ),
        proxy: Proxy,
        peer: Peer,
        job: Job,
        account: Account,
    }
}

/// A connection whose parts lie in several columns.
fn carrier(
    (record, offset, length, made): (Option<u64>, Option<u64>, Option<u32>, Option<Timestamp>),
    local: Option<record::Endpoint>,
    remote: Option<record::Endpoint>,
) -> Option<WebCarrier> {
    Some(WebCarrier {
        record: record?,
        offset: offset?,
        length: length?,
        made: made?,
        local,
        remote: remote?,
    })
}

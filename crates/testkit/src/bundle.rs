//! A large support bundle of one host, whose parts belong together: its packets and its sockets in traces, its audit of connections in
//! an event log. For proofs about speed and memory.

use std::io::{self, Read as _};
use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;

use crate::events::{About, LogEvent, SECURITY, Value};
use crate::stream::{BigCapture, Size};
use crate::write::etl::{
    Layout, Socket, TraceEvent, TraceWriter, kernel_network_data, packet_fragment, provider, tcpip_connected,
};
use crate::write::evtx::evtx_file;

/// How large the parts are, in bytes, to some percent.
#[derive(Clone, Copy, Debug)]
pub struct BundleSize {
    /// The trace of packets.
    pub packets: u64,
    /// The trace of sockets.
    pub sockets: u64,
    /// The event log.
    pub events: u64,
}

/// Bytes of a packet as an event of a trace, about.
const PACKET_BYTES: u64 = 800;
/// Bytes of an event of a socket, about.
const SOCKET_BYTES: u64 = 170;
/// Bytes of an audited connection in an event log, about.
const AUDIT_BYTES: u64 = 540;
/// Packets of a flow.
const PACKETS_OF_FLOW: u64 = 12;
/// Programs that talk.
const PROGRAMS: u32 = 200;
/// Bytes of the header of a capture, and of the one before each packet.
const CAPTURE_HEADER: usize = 24;
const PACKET_HEADER: usize = 16;
/// How long before the capture the log begins.
const LOG_LEADS_NS: i64 = 3_600_000_000_000;

/// Writes the bundle into a folder; the address that nobody but one flow talks to, to ask for.
pub fn write_large_bundle(folder: &Path, size: BundleSize) -> io::Result<SocketAddr> {
    std::fs::create_dir_all(folder)?;
    let mut packets = TraceWriter::new(layout());
    let mut sockets = TraceWriter::new(layout());
    let mut ends = Vec::new();
    let most_sockets = size.sockets / SOCKET_BYTES;
    let mut told = 0;
    for (number, packet) in Packets::new(size.packets).enumerate() {
        let (time_ns, frame) = packet?;
        let processor = u16::try_from(number % 4).unwrap_or(0);
        packets.event(processor, &captured(time_ns, &frame));
        let Some((local, remote, is_first)) = outbound(&frame) else {
            continue;
        };
        if is_first {
            ends.push((time_ns, local, remote));
        }
        if told < most_sockets {
            sockets.event(processor, &spoken(time_ns, &socket(local, remote), is_first));
            told += 1;
        }
    }
    std::fs::write(folder.join("PC01_packetcapture.etl"), packets.finish())?;
    std::fs::write(folder.join("PC01_netconnection.etl"), sockets.finish())?;
    std::fs::write(
        folder.join("PC01_evt_Security.evtx"),
        evtx_file(&audit(&ends, size.events)),
    )?;
    let asked = ends.get(ends.len() / 2).map(|(_, _, remote)| *remote);
    asked.ok_or_else(|| io::Error::other("the bundle has no flow"))
}

fn layout() -> Layout {
    Layout {
        buffer_bytes: 0x1_0000,
        processors: 4,
        start_ns: 1_795_136_530_000_000_000,
        ..Layout::default()
    }
}

/// The packets of a capture, with their times.
struct Packets {
    capture: BigCapture,
    is_begun: bool,
}

impl Packets {
    fn new(bytes: u64) -> Self {
        let packets = bytes / PACKET_BYTES;
        Self {
            capture: BigCapture::new(Size {
                packets,
                flows: packets / PACKETS_OF_FLOW,
                bytes,
            }),
            is_begun: false,
        }
    }

    fn packet(&mut self) -> io::Result<Option<(i64, Vec<u8>)>> {
        if !self.is_begun {
            self.capture.read_exact(&mut [0; CAPTURE_HEADER])?;
            self.is_begun = true;
        }
        let mut header = [0; PACKET_HEADER];
        match self.capture.read_exact(&mut header) {
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
            read => read?,
        }
        let number = |at: usize| {
            let bytes = header.get(at..).and_then(|rest| rest.first_chunk());
            u32::from_le_bytes(bytes.copied().unwrap_or_default())
        };
        let mut frame = vec![0; number(8) as usize];
        self.capture.read_exact(&mut frame)?;
        Ok(Some((
            i64::from(number(0)) * 1_000_000_000 + i64::from(number(4)),
            frame,
        )))
    }
}

impl Iterator for Packets {
    type Item = io::Result<(i64, Vec<u8>)>;

    fn next(&mut self) -> Option<Self::Item> {
        self.packet().transpose()
    }
}

/// The ends of a TCP segment that the host sent, and whether it is the first one; frames of a capture have no options before ports.
fn outbound(frame: &[u8]) -> Option<(SocketAddr, SocketAddr, bool)> {
    let address = |at: usize| Some(Ipv4Addr::from(*frame.get(at..)?.first_chunk::<4>()?));
    let port = |at: usize| Some(u16::from_be_bytes(*frame.get(at..)?.first_chunk()?));
    let is_tcp = *frame.get(23)? == 6;
    let (source, destination) = (address(26)?, address(30)?);
    let is_first = *frame.get(47)? == 0x02;
    let ends = (
        SocketAddr::from((source, port(34)?)),
        SocketAddr::from((destination, port(36)?)),
        is_first,
    );
    (is_tcp && source.octets().first() == Some(&10)).then_some(ends)
}

fn socket(local: SocketAddr, remote: SocketAddr) -> Socket {
    let program = u32::from(local.port()) % PROGRAMS;
    Socket {
        local,
        remote,
        process_id: 4_000 + 4 * program,
        process_start_key: 1 + u64::from(program),
    }
}

fn captured(time_ns: i64, frame: &[u8]) -> TraceEvent {
    TraceEvent {
        provider: provider::PACKET_CAPTURE,
        id: 1_001,
        keywords: 0xc000_0001,
        time_ns,
        payload: packet_fragment(1, 1, frame),
        ..TraceEvent::default()
    }
}

/// A connection that was made, or data that was sent.
fn spoken(time_ns: i64, socket: &Socket, is_first: bool) -> TraceEvent {
    let (provider, id, version, payload) = match is_first {
        true => (provider::TCPIP, 1_033, 1, tcpip_connected(socket, 0)),
        false => (provider::KERNEL_NETWORK, 10, 0, kernel_network_data(socket, 1_400)),
    };
    TraceEvent {
        provider,
        id,
        version,
        time_ns,
        process_id: socket.process_id,
        payload,
        ..TraceEvent::default()
    }
}

/// The log: connections of the hour before, then those of the capture.
fn audit(ends: &[(i64, SocketAddr, SocketAddr)], bytes: u64) -> Vec<LogEvent> {
    let begin_ns = ends.first().map_or(0, |(time_ns, ..)| *time_ns);
    let earlier = usize::try_from(bytes / AUDIT_BYTES)
        .unwrap_or(0)
        .saturating_sub(ends.len());
    let step_ns = LOG_LEADS_NS / i64::try_from(earlier.max(1)).unwrap_or(i64::MAX);
    let of_before = ends
        .iter()
        .cycle()
        .take(earlier)
        .enumerate()
        .map(|(number, (_, local, remote))| {
            let number = i64::try_from(number).unwrap_or(0);
            (begin_ns - LOG_LEADS_NS + number * step_ns, *local, *remote)
        });
    let all = of_before.chain(ends.iter().copied());
    all.zip(1..)
        .map(|((time_ns, local, remote), record)| allowed(record, time_ns, local, remote))
        .collect()
}

/// 5156.
fn allowed(record_id: u64, time_ns: i64, local: SocketAddr, remote: SocketAddr) -> LogEvent {
    let owner = socket(local, remote);
    let application = format!(
        r"\device\harddiskvolume3\program files\app{}\app.exe",
        owner.process_start_key
    );
    LogEvent {
        record_id,
        time_ns,
        source: &SECURITY,
        writer: SECURITY.execution_pid,
        id: 5_156,
        version: 1,
        task: 12_810,
        keywords: 0x8020_0000_0000_0000,
        computer: "PC01.corp.example".to_owned(),
        data: vec![
            ("ProcessID", Value::Unsigned64(owner.process_id.into())),
            ("Application", Value::Text(application)),
            ("Direction", Value::text("%%14593")),
            ("SourceAddress", Value::text(local.ip().to_string())),
            ("SourcePort", Value::text(local.port().to_string())),
            ("DestAddress", Value::text(remote.ip().to_string())),
            ("DestPort", Value::text(remote.port().to_string())),
            ("Protocol", Value::Unsigned32(6)),
            ("FilterRTID", Value::Unsigned64(70_001)),
            ("LayerName", Value::text("%%14611")),
            ("LayerRTID", Value::Unsigned64(48)),
            ("RemoteUserID", Value::Sid("S-1-0-0".to_owned())),
            ("RemoteMachineID", Value::Sid("S-1-0-0".to_owned())),
        ],
        about: About::Other,
    }
}

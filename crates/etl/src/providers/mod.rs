//! What each provider's events say; one provider per file.
//!
//! | file | provider |
//! |---|---|
//! | `afd` | Microsoft-Windows-Winsock-AFD: sockets of programs |
//! | `dns_client` | Microsoft-Windows-DNS-Client: names |
//! | `kernel_logger` | the kernel's own groups: TcpIp, UdpIp, Process |
//! | `kernel_network` | Microsoft-Windows-Kernel-Network: data and connections |
//! | `kernel_process` | Microsoft-Windows-Kernel-Process: processes |
//! | `packet_capture` | Microsoft-Windows-NDIS-PacketCapture: packets |
//! | `programs` | Winsock-NameResolution, WinINet, WebIO: names and connections, told inside of the program that has them |
//! | `pktmon` | Microsoft-Windows-PktMon: packets, and where they were dropped |
//! | `requests` | WinINet, WebIO, WinHttp, Bits-Client: requests of programs and services |
//! | `tcpip` | Microsoft-Windows-TCPIP: connections, and all sockets when tracing starts and ends |

mod afd;
mod dns_client;
mod kernel_logger;
mod kernel_network;
mod kernel_process;
mod packet;
mod packet_capture;
mod pktmon;
mod programs;
mod requests;
mod tcpip;
#[cfg(test)]
mod tests;

use whotalks_record::{SocketCall, SourceKind, WebRequest};

use crate::template::Templates;
use crate::{Event, Guid, Statement};

pub(crate) use packet::{CapturedPacket, Medium};

/// Reads statements out of events; remembers what later events refer to.
#[derive(Debug, Default)]
pub struct Statements {
    templates: Templates,
    sockets: afd::Sockets,
    own: kernel_network::OwnAddresses,
    requests: requests::Requests,
}

impl Statements {
    /// What `event` says; none for an event of another kind, and for one that is damaged or carries no time.
    pub fn of(&mut self, event: &Event<'_>) -> Option<Statement> {
        match event.provider {
            tcpip::PROVIDER => tcpip::read(event, &mut self.templates),
            kernel_network::PROVIDER => kernel_network::read(event, &mut self.templates, &mut self.own),
            kernel_process::PROVIDER => kernel_process::read(event, &mut self.templates),
            dns_client::PROVIDER => dns_client::read(event, &mut self.templates),
            programs::WINSOCK | programs::WININET | programs::WEB_IO => programs::read(event, &mut self.templates),
            afd::PROVIDER => afd::read(event, &mut self.templates, &mut self.sockets),
            kernel_logger::TCPIP | kernel_logger::UDPIP | kernel_logger::PROCESS => {
                kernel_logger::read(event, &mut self.templates, &mut self.own)
            }
            _ => None,
        }
    }

    /// What `event` says of a request for something on the web, beside what it may say of a connection.
    pub fn request_of(&mut self, event: &Event<'_>) -> Option<WebRequest> {
        self.requests.read(event, &mut self.templates)
    }

    /// Of which source an event of a provider is; none for those that are only counted. A trace of threads and images does not
    /// watch processes, so that only what is said of processes shows that they are watched.
    pub(crate) const fn source(provider: Guid, statement: Option<&Statement>) -> Option<SourceKind> {
        Some(match provider {
            tcpip::PROVIDER
            | kernel_network::PROVIDER
            | afd::PROVIDER
            | kernel_logger::TCPIP
            | kernel_logger::UDPIP => SourceKind::TraceSockets,
            kernel_process::PROVIDER | kernel_logger::PROCESS if statement.is_some() => SourceKind::TraceProcesses,
            dns_client::PROVIDER | programs::WINSOCK => SourceKind::TraceDns,
            programs::WININET | programs::WEB_IO | requests::WINHTTP | requests::BITS => SourceKind::TraceRequests,
            _ => return None,
        })
    }

    /// The sockets that the driver of sockets still has open.
    pub(crate) fn open_sockets(&self) -> Vec<SocketCall> {
        self.sockets.open()
    }

    /// The templates, for events without a statement.
    pub fn templates(&mut self) -> &mut Templates {
        &mut self.templates
    }
}

/// Takes packets out of events.
#[derive(Debug, Default)]
pub(crate) struct Packets {
    capture: packet_capture::PacketCapture,
    monitor: pktmon::PktMon,
}

impl Packets {
    /// Gives `each` the packet that `event` completes, if it is one not seen before; false where the event's provider writes no
    /// packets.
    pub(crate) fn read(&mut self, event: &Event<'_>, each: &mut dyn FnMut(&CapturedPacket<'_>)) -> bool {
        match event.provider {
            packet_capture::PROVIDER => self.capture.read(event, each),
            pktmon::PROVIDER => self.monitor.read(event, each),
            _ => return false,
        }
        true
    }

    /// Gives `each` the packets that were held back for what may still have been told of them.
    pub(crate) fn finish(&mut self, each: &mut dyn FnMut(&CapturedPacket<'_>)) {
        self.monitor.finish(each);
    }

    /// Drops that were told too late to be noted at their packets.
    pub(crate) const fn unnoted_drops(&self) -> u64 {
        self.monitor.unnoted_drops
    }

    /// Events of packets that could not be read.
    pub(crate) const fn undecodable(&self) -> u64 {
        self.capture.undecodable + self.monitor.undecodable
    }

    /// Appearances of packets beyond their first.
    pub(crate) const fn folded(&self) -> u64 {
        self.capture.folded + self.monitor.folded
    }

    /// Packets that the packet monitor saw dropped.
    pub(crate) const fn dropped(&self) -> u64 {
        self.monitor.dropped
    }
}

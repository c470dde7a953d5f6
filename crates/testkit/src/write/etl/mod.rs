//! Event traces as Windows writes them: buffers of several processors, compressed or not, in one file or several, wrapped around
//! or cut short, with losses. No public trace holds packets, so that these stand for them.
//!
//! Built from the structures of the Windows Driver Kit and MS-XCA.

mod compress;
mod files;
mod payload;
mod requests;
mod trace;

pub(crate) use files::{TRACE_FILES, Traced, packet_trace, traced};

pub use payload::{
    Socket, afd_bind, afd_close, afd_connect, afd_create, dns_answer, dns_asked, dns_wire_answer, kernel_network_data,
    kernel_process_start, kernel_process_stop, packet_fragment, pktmon_component, pktmon_packet, tcpip_connected,
    tcpip_listed, tcpip_named, udp_messages,
};
pub use requests::{
    bits_ordered, bits_transferred, proxy_found, webio_assigned, webio_connect, webio_request, webio_secured,
    winhttp_host, wininet_call, wininet_connected, wininet_done, wininet_resolved, wininet_reused, wininet_send,
};
pub use trace::{Layout, TraceEvent, TraceWriter, Written};

/// Providers, as they are written.
pub mod provider {
    /// Microsoft-Windows-Winsock-AFD.
    pub const AFD: &str = "e53c6823-7bb8-44bb-90dc-3f86090d48a6";
    /// Microsoft-Windows-Bits-Client.
    pub const BITS: &str = "ef1cc15b-46c1-414e-bb95-e76b077bd51e";
    /// Microsoft-Windows-DNS-Client.
    pub const DNS_CLIENT: &str = "1c95126e-7eea-49a9-a3fe-a378b03ddb4d";
    /// Microsoft-Windows-Kernel-Network.
    pub const KERNEL_NETWORK: &str = "7dd42a49-5329-4832-8dfd-43d979153a88";
    /// Microsoft-Windows-Kernel-Process.
    pub const KERNEL_PROCESS: &str = "22fb2cd6-0e7b-422b-a0c7-2fad1fd0e716";
    /// Microsoft-Windows-NDIS-PacketCapture.
    pub const PACKET_CAPTURE: &str = "2ed6006e-4729-4609-b423-3ee7bcd678ef";
    /// Microsoft-Windows-PktMon.
    pub const PKTMON: &str = "4d4f80d9-c8bd-4d73-bb5b-19c90402c5ac";
    /// Microsoft-Windows-TCPIP.
    pub const TCPIP: &str = "2f07e2ee-15db-40f1-90ef-9d7ba282188a";
    /// Microsoft-Windows-WebIO.
    pub const WEBIO: &str = "50b3e73c-9370-461d-bb9f-26f32d68887d";
    /// Microsoft-Windows-WinHttp.
    pub const WINHTTP: &str = "7d44233d-3055-4b9c-ba64-0d47ca40a232";
    /// Microsoft-Windows-WinINet.
    pub const WININET: &str = "43d1a55c-76d6-4f7e-995c-64c711e5cafe";
}

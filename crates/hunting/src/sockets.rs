//! `Sockets`: rows of socket listings.

use whotalks_correlate::ListingAnswer;
use whotalks_record::Socket;
use whotalks_tables::Word as _;
use whotalks_tables::hunting::SocketRow;

use crate::Devices;
use crate::device_network_events::{protocol_word, reference};
use crate::json::texts;

/// The row of a socket; `listing` is the one that it stands in, where that is known.
pub(crate) fn row(socket: &Socket, listing: Option<&ListingAnswer<'_>>, devices: &Devices) -> SocketRow {
    let device = devices.of_host(listing.and_then(|listing| listing.host));
    SocketRow {
        timestamp: listing.and_then(|listing| listing.time),
        device_id: device.id,
        device_name: device.name,
        snapshot: i32::try_from(socket.snapshot).ok(),
        tool: listing.map(|listing| listing.snapshot.tool.word().into()),
        time_source: listing.map(|listing| listing.snapshot.time_source.word().into()),
        protocol: Some(protocol_word(socket.protocol)),
        local_ip: Some(socket.local.address),
        local_port: Some(i32::from(socket.local.port)),
        remote_ip: socket.remote.map(|remote| remote.address),
        remote_port: socket.remote.map(|remote| i32::from(remote.port)),
        state: socket.state.map(|state| state.word().into()),
        process_id: socket.pid.map(|pid| i64::from(pid.0)),
        process_file_name: socket.image.clone(),
        component: socket.component.clone(),
        modules: texts(&socket.modules),
        span: Some(reference(socket.span)),
    }
}

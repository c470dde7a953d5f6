//! Network protection in the log of Defender: 1125 audited, 1126 blocked.
//!
//! The data is named `Product Name`, `Product Version`, `ID`, `Detection Time`, `User`, `Destination`, `Process Name`, with blanks;
//! exporters write underscores for them or leave them out. The process that writes the event is Defender's own, so that only the
//! image in the data says whose connection it was.

use whotalks_record::{JudgedDestination, NetworkProtectionAction, NetworkProtectionEvent, Record};

use super::Context;
use crate::raw::RawEvent;

/// How exporters write `Process Name`.
const PROCESS_NAME: [&str; 3] = ["Process Name", "Process_Name", "ProcessName"];

/// Reads one event; `None` without a destination.
pub(super) fn decode(
    action: NetworkProtectionAction,
    event: &RawEvent<'_>,
    context: &mut Context<'_>,
) -> Option<Record> {
    let destination = event.read("Destination", JudgedDestination::read)?;
    Some(Record::Protection(NetworkProtectionEvent {
        span: context.span,
        time: context.time,
        host: context.host.clone(),
        action,
        image: PROCESS_NAME.iter().find_map(|name| context.text(event, name)),
        user: context.text(event, "User"),
        destination: context.texts.share(&destination.text),
        name: destination.name.map(|name| context.texts.share(&name)),
        address: destination.address,
        port: destination.port,
    }))
}

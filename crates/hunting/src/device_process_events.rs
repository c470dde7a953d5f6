//! `DeviceProcessEvents`: processes that started.

use whotalks_correlate::ProcessAnswer;
use whotalks_record::{ProcessEvent, ProcessEventKind};
use whotalks_tables::hunting::ProcessCreationRow;

use crate::Devices;
use crate::device_network_events::reference;
use crate::initiator::{Account, file_name, is_path, set_initiator};

/// The row of a process that started; none for ends and sightings.
pub(crate) fn of_start(event: &ProcessEvent, answer: &ProcessAnswer, devices: &Devices) -> Option<ProcessCreationRow> {
    if event.kind != ProcessEventKind::Start {
        return None;
    }
    let device = devices.of_host(Some(answer.host));
    let account = event.user.as_ref().map(Account::of).unwrap_or_default();
    let image = answer.image.as_ref();
    let mut row = ProcessCreationRow {
        timestamp: Some(answer.time),
        device_id: device.id,
        device_name: device.name,
        action_type: Some("ProcessCreated".into()),
        file_name: image.and_then(file_name),
        folder_path: image.filter(|image| is_path(image)).cloned(),
        sha256: event.sha256.clone(),
        process_id: Some(i64::from(event.pid.0)),
        process_command_line: event.command_line.clone(),
        process_creation_time: Some(answer.time),
        account_domain: account.domain,
        account_name: account.name,
        account_sid: account.sid,
        span: Some(reference(event.span)),
        ..ProcessCreationRow::default()
    };
    set_initiator!(row, &answer.initiator);
    Some(row)
}

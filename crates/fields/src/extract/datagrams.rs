//! What one frame carries, where no conversation is kept.

use whotalks_record::Timestamp;
use whotalks_session::streams::{Moment, Way};

use super::frame::Frame;
use super::headers::{Carrier, Walked};
use super::talk::{Context, Talk};
use super::{Out, services};
use crate::protocols::{dhcp, dhcpv6, llmnr, mdns, ntp, snmp, syslog, tftp, wireguard};
use crate::{FieldId, FieldSet};

/// The fields of a datagram by itself. Streams of TCP need their conversation.
pub(crate) fn extract<'a>(frame: &Frame<'_>, walked: &Walked<'a>, out: &mut Out<'_, '_, 'a>) {
    let Some(carried) = walked.carried.filter(|carried| carried.carrier == Carrier::Udp) else {
        return;
    };
    let Some(service) = services::of_datagram(carried.payload.0, carried.ports) else {
        return;
    };
    let mut context = Context {
        is_cut: false,
        now: Moment {
            frame: frame.number,
            time: frame.time.unwrap_or(Timestamp::from_nanoseconds(0)),
        },
        way: Way::Forth,
        ports: carried.ports,
        talk: &mut Talk::default(),
    };
    (service.extract)(carried.payload, &mut context, out);
}

/// Whether a field of a protocol is wanted that fills one datagram.
pub(crate) fn are_wanted(wanted: &FieldSet) -> bool {
    let tables = [
        (dhcp::FIELDS, dhcp::PROTOCOL),
        (dhcpv6::FIELDS, dhcpv6::PROTOCOL),
        (ntp::FIELDS, ntp::PROTOCOL),
        (snmp::FIELDS, snmp::PROTOCOL),
        (syslog::FIELDS, syslog::PROTOCOL),
        (tftp::FIELDS, tftp::PROTOCOL),
        (wireguard::FIELDS, wireguard::PROTOCOL),
        (mdns::FIELDS, mdns::PROTOCOL),
        (llmnr::FIELDS, llmnr::PROTOCOL),
    ];
    tables
        .iter()
        .any(|(own, first)| wanted.contains_any(*first, FieldId(first.0 + own.len() as u16 - 1)))
}

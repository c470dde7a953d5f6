//! What packets say.

use whotalks_record::{
    AddressName, DnsAnswer, DnsRecordData, DnsTransaction, Flow, NameObservation, PacketOwner, TcpSummary, Traffic,
    VlanTags,
};

use super::{Dice, Make};

impl Make for Traffic {
    fn make(dice: &mut Dice) -> Self {
        Self {
            packets: dice.make(),
            ip_bytes: dice.make(),
            payload_bytes: dice.make(),
        }
    }
}

impl Make for VlanTags {
    fn make(dice: &mut Dice) -> Self {
        Self {
            outer: dice.make(),
            inner: dice.make(),
        }
    }
}

impl Make for TcpSummary {
    fn make(dice: &mut Dice) -> Self {
        Self {
            client_flags: dice.make(),
            server_flags: dice.make(),
            syn_to_syn_ack: dice.make(),
            syn_ack_to_ack: dice.make(),
            handshake: dice.make(),
            close: dice.word(),
        }
    }
}

impl Make for Flow {
    fn make(dice: &mut Dice) -> Self {
        Self {
            span: dice.make(),
            id: dice.make(),
            key: dice.make(),
            initiator: dice.word(),
            vlan: dice.make(),
            interface: dice.make(),
            first: dice.make(),
            last: dice.make(),
            sent: dice.make(),
            received: dice.make(),
            tcp: dice.make(),
            application: dice.word(),
            recognised_by: dice.maybe_word(),
            snapped: dice.make(),
        }
    }
}

impl Make for PacketOwner {
    fn make(dice: &mut Dice) -> Self {
        Self {
            span: dice.make(),
            flow: dice.make(),
            protocol: dice.make(),
            local: dice.make(),
            remote: dice.make(),
            time: dice.make(),
            last: dice.make(),
            pid: dice.make(),
            image: dice.make(),
            effective_pid: dice.make(),
            effective_image: dice.make(),
            sent_packets: dice.make(),
            received_packets: dice.make(),
        }
    }
}

impl Make for NameObservation {
    fn make(dice: &mut Dice) -> Self {
        Self {
            span: dice.make(),
            flow: dice.make(),
            key: dice.make(),
            time: dice.make(),
            source: dice.word(),
            name: dice.make(),
            port: dice.make(),
            path: dice.make(),
        }
    }
}

impl Make for DnsTransaction {
    fn make(dice: &mut Dice) -> Self {
        Self {
            span: dice.make(),
            flow: dice.make(),
            client: dice.make(),
            server: dice.make(),
            transport: dice.word(),
            asked: dice.make(),
            answered: dice.make(),
            name: dice.make(),
            record_type: dice.make(),
            response_code: dice.make(),
            answers: dice.make(),
        }
    }
}

impl Make for DnsAnswer {
    fn make(dice: &mut Dice) -> Self {
        Self {
            name: dice.make(),
            ttl_seconds: dice.make(),
            data: dice.make(),
        }
    }
}

impl Make for AddressName {
    fn make(dice: &mut Dice) -> Self {
        Self {
            span: dice.make(),
            address: dice.make(),
            name: dice.make(),
        }
    }
}

impl Make for DnsRecordData {
    fn make(dice: &mut Dice) -> Self {
        match dice.below(4) {
            0 => Self::Address(dice.make()),
            1 => Self::CanonicalName(dice.make()),
            2 => Self::Pointer(dice.make()),
            _ => Self::Other(dice.make()),
        }
    }
}

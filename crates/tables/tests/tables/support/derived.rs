//! What correlation concludes.

use whotalks_tables::{ConversationRow, NameCandidateItem, ProcessConflictItem};

use super::{Dice, Make};

impl Make for ConversationRow {
    fn make(dice: &mut Dice) -> Self {
        Self {
            first: dice.make(),
            last: dice.make(),
            host: dice.make(),
            host_number: dice.make(),
            protocol: dice.make(),
            direction: dice.maybe_word(),
            local_address: dice.make(),
            local_port: dice.make(),
            remote_address: dice.make(),
            remote_port: dice.make(),
            flow_evidence: dice.make(),
            flow: dice.make(),
            sent_packets: dice.make(),
            sent_ip_bytes: dice.make(),
            sent_payload_bytes: dice.make(),
            received_packets: dice.make(),
            received_ip_bytes: dice.make(),
            received_payload_bytes: dice.make(),
            initial_rtt: dice.make(),
            answered: dice.make(),
            close: dice.maybe_word(),
            application: dice.word(),
            recognised_by: dice.maybe_word(),
            proof: dice.make(),
            process_grade: dice.word(),
            process_rule: dice.maybe_word(),
            process_id: dice.make(),
            process_started: dice.make(),
            process_ended: dice.make(),
            image: dice.make(),
            command_line: dice.make(),
            parent_image: dice.make(),
            parent_process_id: dice.make(),
            user: dice.make(),
            service_grade: dice.word(),
            services: dice.make(),
            process_proof: dice.make(),
            process_unknown: dice.maybe_word(),
            process_unknown_source: dice.maybe_word(),
            process_conflicts: dice.make(),
            relayed_for_grade: dice.maybe_word(),
            relayed_for_process_id: dice.make(),
            relayed_for_image: dice.make(),
            relayed_for_proof: dice.make(),
            name: dice.make(),
            name_port: dice.make(),
            name_evidence: dice.maybe_word(),
            name_grade: dice.word(),
            name_proof: dice.make(),
            other_names: dice.make(),
            name_unknown: dice.maybe_word(),
            name_unknown_source: dice.maybe_word(),
            verdict: dice.word(),
            verdict_grade: dice.word(),
            verdict_events: dice.make(),
            verdict_proof: dice.make(),
            filter: dice.make(),
            filter_name: dice.make(),
            filter_provider: dice.make(),
            filter_origin: dice.make(),
            filter_layer: dice.make(),
            filter_action: dice.maybe_word(),
            filter_grade: dice.maybe_word(),
            filter_match: dice.maybe_word(),
            filter_proof: dice.make(),
            dropped_packets: dice.make(),
            drop_filter: dice.make(),
            drop_proof: dice.make(),
            verdict_unknown: dice.maybe_word(),
            verdict_unknown_source: dice.maybe_word(),
        }
    }
}

impl Make for ProcessConflictItem {
    fn make(dice: &mut Dice) -> Self {
        Self {
            process_id: dice.make(),
            image: dice.make(),
            rule: dice.word(),
            proof: dice.make(),
        }
    }
}

impl Make for NameCandidateItem {
    fn make(dice: &mut Dice) -> Self {
        Self {
            name: dice.make(),
            port: dice.make(),
            evidence: dice.word(),
            grade: dice.word(),
            time: dice.make(),
            proof: dice.make(),
        }
    }
}

//! What a case knows about packets.

use std::net::IpAddr;

use whotalks_fields::{FieldId, FieldSet, FrameFields, Value, find};
use whotalks_record::{Grade, IpProtocol, Timestamp};
use whotalks_session::streams::Ends;

/// A packet as a case knows it again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Subject {
    /// From whom to whom, by the innermost addresses.
    pub ends: Ends,
    /// What IP carries.
    pub protocol: IpProtocol,
    /// When it was captured.
    pub time: Option<Timestamp>,
}

/// What a case concluded about the conversation of a packet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Annotation {
    /// The name of the program.
    pub process_name: Option<String>,
    /// Its process identifier.
    pub process_id: Option<u32>,
    /// How sure the program is.
    pub process_grade: Grade,
    /// The best name of the remote end.
    pub endpoint_name: Option<String>,
    /// Whether it was allowed or blocked, as one word.
    pub verdict: Option<&'static str>,
}

/// Somebody who knows conversations. Packets are asked about by whichever thread reads them.
pub trait Annotate: Sync {
    /// What is known about the conversation of a packet.
    fn annotation(&self, subject: &Subject) -> Option<&Annotation>;

    /// The names of an address, best first, at most a handful.
    fn names(&self, _address: IpAddr) -> &[String] {
        &[]
    }
}

/// The fields that only a case can fill.
#[derive(Debug, Clone, Copy)]
pub(super) struct CaseFields {
    process_name: Option<FieldId>,
    process_id: Option<FieldId>,
    endpoint_name: Option<FieldId>,
    verdict: Option<FieldId>,
}

impl CaseFields {
    /// Those of them that are wanted.
    pub(super) fn of(wanted: &FieldSet) -> Self {
        let wanted = |name| find(name).filter(|id| wanted.contains(*id));
        Self {
            process_name: wanted("process.name"),
            process_id: wanted("process.pid"),
            endpoint_name: wanted("endpoint.name"),
            verdict: wanted("verdict"),
        }
    }

    pub(super) const fn any(&self) -> bool {
        self.process_name.is_some()
            || self.process_id.is_some()
            || self.endpoint_name.is_some()
            || self.verdict.is_some()
    }

    pub(super) fn fill<'a>(&self, annotation: &'a Annotation, fields: &mut FrameFields<'a>) {
        let text = |value: &'a Option<String>| value.as_deref().map(|text| Value::Text(text.into()));
        let values = [
            (self.process_name, text(&annotation.process_name)),
            (
                self.process_id,
                annotation.process_id.map(|id| Value::Unsigned(id.into())),
            ),
            (self.endpoint_name, text(&annotation.endpoint_name)),
            (self.verdict, annotation.verdict.map(|word| Value::Text(word.into()))),
        ];
        for (id, value) in values {
            if let (Some(id), Some(value)) = (id, value) {
                fields.push(id, value);
            }
        }
    }
}

//! Where findings go.

use whotalks_record::{
    ApplicationProtocol, FlowId, FlowKey, Interner, NameObservation, NameSource, Packet, RecognisedBy, Record, Sink,
    Span, Text, Timestamp,
};

use crate::reassembly::Budget;

/// The sink, and what all conversations share.
pub(crate) struct Output<'a> {
    pub(crate) sink: &'a mut dyn Sink,
    pub(crate) texts: &'a mut Interner,
    pub(crate) budget: &'a mut Budget,
}

/// What a conversation was recognised as, and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) protocol: ApplicationProtocol,
    pub(crate) by: RecognisedBy,
}

impl Found {
    pub(crate) const fn by_content(protocol: ApplicationProtocol) -> Self {
        let by = RecognisedBy::Content;
        Self { protocol, by }
    }

    pub(crate) const fn by_port(protocol: ApplicationProtocol) -> Self {
        let by = RecognisedBy::Port;
        Self { protocol, by }
    }
}

/// The packet that is being read, in its conversation.
#[derive(Clone, Copy)]
pub(crate) struct Place {
    pub(crate) span: Span,
    pub(crate) time: Option<Timestamp>,
    pub(crate) flow: FlowId,
    pub(crate) key: FlowKey,
}

impl Output<'_> {
    pub(crate) const fn place(&self, packet: &Packet<'_>, flow: FlowId, key: FlowKey) -> Place {
        Place {
            span: packet.span,
            time: packet.timestamp,
            flow,
            key,
        }
    }

    pub(crate) fn name(&mut self, place: &Place, name: &Name) {
        self.sink.record(Record::Name(NameObservation {
            span: place.span,
            flow: place.flow,
            key: place.key,
            time: place.time,
            source: name.source,
            name: self.texts.share(&name.name),
            port: name.port,
            path: name.path.as_deref().map(|path| self.texts.share(path)),
        }));
    }

    pub(crate) fn text(&mut self, text: &str) -> Text {
        self.texts.share(text)
    }
}

/// A name that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Name {
    pub(crate) source: NameSource,
    pub(crate) name: String,
    pub(crate) port: Option<u16>,
    pub(crate) path: Option<String>,
}

//! What a capture says about a packet: comments, its interface, the section it stands in.

use serde_json::{Value, json};
use whotalks_case::RawPacket;
use whotalks_record::{CaptureFilter, InterfaceDescription, NamedProcess, PacketProcess, Section, Text};
use whotalks_render::{CliMessage, format, sanitize};

use super::hexadecimal;
use crate::face::Face;

/// Between what is said of one thing.
const BETWEEN: &str = " · ";

/// A line for everything that is said.
pub(super) fn text(packet: &RawPacket, face: &Face) -> String {
    let comments = packet.comments.iter();
    let mut lines: Vec<CliMessage> = comments
        .map(|comment| CliMessage::ExplainComment { text: shown(comment) })
        .collect();
    lines.extend(packet.process.iter().flat_map(process_lines));
    if let Some(interface) = &packet.described {
        interface_lines(interface, &mut lines);
        section_lines(&interface.section, &mut lines);
    }
    lines.iter().map(|line| face.words.text(line) + "\n").collect()
}

fn process_lines(told: &PacketProcess) -> impl Iterator<Item = CliMessage> {
    let process = told.process.as_ref().map(|process| CliMessage::ExplainProcess {
        program: program(process),
    });
    let effective = told.effective.as_ref().map(|process| CliMessage::ExplainActsFor {
        program: program(process),
    });
    process.into_iter().chain(effective)
}

/// `name (pid)`, or what is known of it.
fn program(process: &NamedProcess) -> String {
    match (process.image.as_deref().map(shown), process.pid) {
        (Some(name), Some(pid)) => format!("{name} ({pid})"),
        (Some(name), None) => name,
        (None, pid) => pid.map(|pid| pid.to_string()).unwrap_or_default(),
    }
}

fn interface_lines(interface: &InterfaceDescription, lines: &mut Vec<CliMessage>) {
    let known = [
        &interface.name,
        &interface.description,
        &interface.hardware,
        &interface.operating_system,
    ];
    lines.extend(joined(known).map(|text| CliMessage::ExplainInterface { text }));
    lines.extend(interface.filter.as_ref().map(|filter| match filter {
        CaptureFilter::Text(text) => CliMessage::ExplainFilter { text: shown(text) },
        CaptureFilter::Other(form, bytes) => CliMessage::ExplainFilterForm {
            form: (*form).into(),
            length: format::grouped(bytes.len() as u64),
        },
    }));
    let comments = interface.comments.iter();
    lines.extend(comments.map(|comment| CliMessage::ExplainInterfaceComment { text: shown(comment) }));
}

fn section_lines(section: &Section, lines: &mut Vec<CliMessage>) {
    let known = [&section.application, &section.operating_system, &section.hardware];
    lines.extend(joined(known).map(|text| CliMessage::ExplainSection { text }));
    let comments = section.comments.iter();
    lines.extend(comments.map(|comment| CliMessage::ExplainSectionComment { text: shown(comment) }));
}

fn joined<const COUNT: usize>(known: [&Option<Text>; COUNT]) -> Option<String> {
    let known: Vec<String> = known.into_iter().flatten().map(|text| shown(text)).collect();
    (!known.is_empty()).then(|| known.join(BETWEEN))
}

/// Lines of a comment stand below each other; nothing in it reaches the terminal as it is.
fn shown(text: &str) -> String {
    let lines: Vec<_> = text.lines().map(sanitize::terminal).collect();
    lines.join("\n  ")
}

/// The processes for programs.
pub(super) fn process(told: &PacketProcess) -> Value {
    let one =
        |process: &NamedProcess| json!({ "pid": process.pid.map(|pid| pid.0), "image": process.image.as_deref() });
    json!({
        "process": told.process.as_ref().map(one),
        "acts_for": told.effective.as_ref().map(one),
    })
}

/// The interface for programs; none where the capture says nothing of it.
pub(super) fn interface(described: &InterfaceDescription) -> Value {
    let (filter, filter_hex) = match &described.filter {
        None => (None, None),
        Some(CaptureFilter::Text(text)) => (Some(text.as_ref()), None),
        Some(CaptureFilter::Other(_, bytes)) => (None, Some(hexadecimal(bytes))),
    };
    json!({
        "number": described.number,
        "name": described.name.as_deref(),
        "description": described.description.as_deref(),
        "hardware": described.hardware.as_deref(),
        "operating_system": described.operating_system.as_deref(),
        "filter": filter,
        "filter_hex": filter_hex,
        "comments": list(&described.comments),
    })
}

/// The section for programs.
pub(super) fn section(section: &Section) -> Value {
    json!({
        "number": section.number,
        "application": section.application.as_deref(),
        "hardware": section.hardware.as_deref(),
        "operating_system": section.operating_system.as_deref(),
        "comments": list(&section.comments),
    })
}

fn list(texts: &[Text]) -> Vec<&str> {
    texts.iter().map(AsRef::as_ref).collect()
}

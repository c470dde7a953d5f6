//! `cargo xtask conversations`: what whotalks says of every segment of random TCP conversations, against tshark 4.0.
//!
//! The conversations are generated, so that no rule can have been made to fit them.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use whotalks_evidence::{EvidenceSink, Limits, ManifestEntry, NoProgress, Piece, open};
use whotalks_fields::{Extractor, FieldId, FieldSet, Frame, find, info, text};
use whotalks_record::{EvidenceId, Issue, Packet, Position, Record, Sink};
use xtask::error::{Error, Result};
use xtask::output::say;
use xtask::{process, tshark};

use crate::proof::Proof;

/// Compares every field of the analysis of TCP.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// The seed of the conversations.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// How many conversations.
    #[arg(long, default_value_t = 400)]
    conversations: u16,
    /// Where to write the outcome as JSON.
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
}

/// The line of tshark that is compared with.
const VERSION: &str = "TShark (Wireshark) 4.0.";

/// What is compared of each segment.
const FIELDS: [&str; 34] = [
    "tcp.stream",
    "tcp.seq",
    "tcp.ack",
    "tcp.len",
    "tcp.nxtseq",
    "tcp.window_size",
    "tcp.window_size_scalefactor",
    "tcp.completeness",
    "tcp.time_relative",
    "tcp.time_delta",
    "tcp.analysis.retransmission",
    "tcp.analysis.lost_segment",
    "tcp.analysis.ack_lost_segment",
    "tcp.analysis.keep_alive",
    "tcp.analysis.duplicate_ack",
    "tcp.analysis.zero_window",
    "tcp.analysis.zero_window_probe",
    "tcp.analysis.zero_window_probe_ack",
    "tcp.analysis.keep_alive_ack",
    "tcp.analysis.out_of_order",
    "tcp.analysis.fast_retransmission",
    "tcp.analysis.window_update",
    "tcp.analysis.window_full",
    "tcp.analysis.reused_ports",
    "tcp.analysis.spurious_retransmission",
    "tcp.analysis.duplicate_ack_num",
    "tcp.analysis.duplicate_ack_frame",
    "tcp.analysis.acks_frame",
    "tcp.analysis.ack_rtt",
    "tcp.analysis.bytes_in_flight",
    "tcp.analysis.push_bytes_sent",
    "tcp.analysis.rto",
    "tcp.analysis.rto_frame",
    "tcp.analysis.initial_rtt",
];

/// The values of all fields in one frame.
type Row = Vec<String>;

/// The least share of frames that agree in every field. Those that do not come after segments that no stack sends (any flags, numbers
/// from anywhere), whose every consequence is not known yet.
const LEAST_SHARE: f64 = 0.998;

/// Runs the command.
pub(crate) fn run(arguments: &Arguments) -> Result {
    let about = tshark::about().unwrap_or_default();
    if !about.starts_with(VERSION) {
        say("conversations: skipped: tshark 4.0 is not installed and could not be; try `apt-get install tshark`");
        return Ok(());
    }
    let capture = write(arguments)?;
    let expected = of_tshark(capture.path())?;
    let actual = of_whotalks(capture.path());
    let mut proof = Proof::new("conversations");
    proof.require(
        expected.len() == actual.len() && !actual.is_empty(),
        format!("{} frames, tshark sees {}", actual.len(), expected.len()),
    );
    let differing = compare(&expected, &actual, &mut proof);
    proof.figure("frames", actual.len() as f64);
    proof.figure("values", (actual.len() * FIELDS.len()) as f64);
    let share = 1.0 - differing as f64 / actual.len().max(1) as f64;
    say(&format!(
        "conversations: {:.3} % of the frames agree in every field",
        share * 100.0
    ));
    proof.figure("agreement_share", share);
    proof.require(
        share >= LEAST_SHARE,
        format!(
            "{differing} frames differ from tshark's, wanted at most {:.1} %",
            (1.0 - LEAST_SHARE) * 100.0
        ),
    );
    proof.finish(arguments.json.as_deref())
}

fn write(arguments: &Arguments) -> Result<tempfile::NamedTempFile> {
    let fail = || Error::writing(Path::new("a capture for tshark"));
    let bytes = whotalks_testkit::turmoil::capture(arguments.seed, arguments.conversations);
    let mut file = tempfile::Builder::new().suffix(".pcap").tempfile().map_err(fail())?;
    file.write_all(&bytes).map_err(fail())?;
    Ok(file)
}

/// A frame is a case; tells how many differ.
fn compare(expected: &[Row], actual: &[Row], proof: &mut Proof) -> usize {
    let mut by_field: BTreeMap<&str, usize> = BTreeMap::new();
    let mut differing = 0;
    for (number, (expected, actual)) in (1..).zip(expected.iter().zip(actual)) {
        let values = FIELDS.iter().zip(expected.iter().zip(actual));
        let wrong: Vec<_> = values.filter(|(_, (expected, actual))| expected != actual).collect();
        wrong
            .iter()
            .for_each(|(name, _)| *by_field.entry(name).or_default() += 1);
        let told: Vec<_> = wrong
            .iter()
            .map(|(name, (expected, actual))| format!("{name}: tshark {expected:?}, whotalks {actual:?}"))
            .collect();
        differing += usize::from(!told.is_empty());
        let outcome = if told.is_empty() { Ok(()) } else { Err(told.join("; ")) };
        proof.case(&format!("frame {number}"), outcome);
    }
    for (name, count) in by_field {
        say(&format!("conversations: {name} differs in {count} frames"));
    }
    differing
}

fn of_tshark(capture: &Path) -> Result<Vec<Row>> {
    let mut command = process::program("tshark");
    command.args(["-n", "-T", "fields", "-r"]).arg(capture);
    for name in FIELDS {
        command.args(["-e", name]);
    }
    let output = process::capture(&mut command)?;
    let text = String::from_utf8_lossy(&output.stdout);
    Ok(text.lines().map(|line| line.split('\t').map(once).collect()).collect())
}

/// A finding without a value is written once for itself and once for the remark that Wireshark makes of it.
fn once(value: &str) -> String {
    if value == "1,1" {
        "1".to_owned()
    } else {
        value.to_owned()
    }
}

fn of_whotalks(capture: &Path) -> Vec<Row> {
    let fields: Vec<FieldId> = FIELDS.iter().filter_map(|name| find(name)).collect();
    let wanted: FieldSet = fields.iter().copied().collect();
    let mut reader = Reader {
        extractor: Extractor::new(wanted),
        fields,
        rows: Vec::new(),
    };
    open(&[capture.to_owned()], Limits::default()).read_all(EvidenceId(1), &mut reader, &mut NoProgress);
    reader.rows
}

/// Writes the fields of each packet.
struct Reader {
    extractor: Extractor,
    fields: Vec<FieldId>,
    rows: Vec<Row>,
}

impl Sink for Reader {
    fn record(&mut self, _: Record) {}

    fn packet(&mut self, packet: &Packet<'_>) {
        let Position::Packet(number) = packet.span.position else {
            return;
        };
        let values = self.extractor.frame(&Frame {
            number: u32::try_from(number).unwrap_or(u32::MAX),
            time: packet.timestamp,
            link_type: packet.link_type,
            data: packet.data,
            original_length: packet.original_length,
            interface: None,
            comments: &[],
        });
        let cell = |id: &FieldId| {
            let values = values.of(*id).filter_map(|value| Some(text(info(*id)?, value)));
            values.collect::<Vec<_>>().join(",")
        };
        self.rows.push(self.fields.iter().map(cell).collect());
        self.extractor.displayed(packet.timestamp);
    }

    fn issue(&mut self, _: Issue) {}
}

impl EvidenceSink for Reader {
    fn begins(&mut self, _: &Piece) {}

    fn ends(&mut self, _: &ManifestEntry) {}
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_that_is_compared_is_known() {
        let unknown: Vec<_> = FIELDS.iter().filter(|name| find(name).is_none()).collect();
        assert!(unknown.is_empty(), "{unknown:?}");
    }

    #[test]
    fn a_frame_that_differs_is_a_case_that_does_not_hold() {
        let row = |value: &str| vec![vec![value.to_owned(); FIELDS.len()]];
        let mut proof = Proof::new("conversations");
        assert_eq!(compare(&row("1"), &row("1"), &mut proof), 0);
        assert_eq!(compare(&row("1"), &row("2"), &mut proof), 1);
        assert_eq!((proof.passed, proof.failed), (1, 1));
    }
}

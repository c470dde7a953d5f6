//! Compares the values of all fields with those of tshark: `compare [--cache DIR] [--only PREFIX] [--pairs FIELD] CAPTURE…`.
//!
//! Prints, per field, in how many of the frames that have it on either side the values agree, and the first difference.
//! `--pairs` prints every difference of one field.
//!
//! `DIR` holds what tshark printed, `NAME.gz` per capture, so that it need not run again.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    clippy::indexing_slicing,
    reason = "a tool for developers"
)]

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::Command;

use whotalks_fields::{Extractor, FieldId, FieldKind, FieldSet, Frame, Interface, all, find, info, text};
use whotalks_pcap::{Format, format_of};
use whotalks_record::{EvidenceId, Issue, Packet, Position, Record, Sink, Source};

/// Fields that tshark does not know; one of them and it prints nothing.
const OURS: [&str; 4] = ["process.name", "process.pid", "endpoint.name", "verdict"];

const SEPARATOR: char = '\x1f';

fn main() {
    let mut arguments = std::env::args().skip(1);
    let (mut cache, mut only, mut pairs, mut paths) = (None, None, None, Vec::new());
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--cache" => cache = arguments.next().map(PathBuf::from),
            "--only" => only = arguments.next(),
            "--pairs" => pairs = arguments.next(),
            _ => paths.push(PathBuf::from(argument)),
        }
    }
    let mut scores = BTreeMap::new();
    for path in &paths {
        compare(path, cache.as_deref(), only.as_deref(), pairs.as_deref(), &mut scores);
    }
    report(&scores);
}

#[derive(Default)]
struct Score {
    agree: u64,
    missing: u64,
    extra: u64,
    different: u64,
    example: Option<String>,
}

fn report(scores: &BTreeMap<FieldId, Score>) {
    let (mut agree, mut all) = (0, 0);
    for (id, score) in scores {
        let total = score.agree + score.missing + score.extra + score.different;
        agree += score.agree;
        all += total;
        println!(
            "{:6.2}% {:>7} missing {:>6} extra {:>6} different {:>6}  {}  {}",
            100.0 * score.agree as f64 / total as f64,
            total,
            score.missing,
            score.extra,
            score.different,
            info(*id).unwrap().name,
            score.example.as_deref().unwrap_or_default()
        );
    }
    println!(
        "{agree} of {all} values agree: {:.3} %",
        100.0 * agree as f64 / all as f64
    );
}

fn compare(
    path: &Path,
    cache: Option<&Path>,
    only: Option<&str>,
    pairs: Option<&str>,
    scores: &mut BTreeMap<FieldId, Score>,
) {
    let theirs = tshark(path, cache);
    let mut lines = theirs.lines();
    let Some(header) = lines.next() else { return };
    let columns: Vec<_> = header
        .split(SEPARATOR)
        .map(|name| find(name).filter(|_| only.is_none_or(|only| name.starts_with(only))))
        .collect();
    let wanted: FieldSet = columns.iter().flatten().copied().collect();
    let ours = extract(path, wanted);
    for (number, line) in lines.enumerate() {
        let Some(frame) = ours.get(number) else { break };
        for (column, theirs) in columns.iter().zip(line.split(SEPARATOR)) {
            let Some(id) = column else { continue };
            let ours = frame.get(id).map(String::as_str).unwrap_or_default();
            let field = info(*id).unwrap();
            let is_presence =
                matches!(field.kind, FieldKind::Protocol | FieldKind::None) && !field.name.starts_with("tcp.options");
            let is_same = if is_presence {
                frame.contains_key(id) != theirs.is_empty()
            } else {
                ours == theirs
            };
            if !frame.contains_key(id) && theirs.is_empty() {
                continue;
            }
            let score = scores.entry(*id).or_default();
            if is_same {
                score.agree += 1;
                continue;
            }
            if info(*id).is_some_and(|field| Some(field.name) == pairs) {
                println!("PAIR {ours:.90} / {theirs:.90}\t{}#{}", path.display(), number + 1);
            }
            match (frame.contains_key(id), theirs.is_empty()) {
                (false, _) => score.missing += 1,
                (_, true) => score.extra += 1,
                _ => score.different += 1,
            }
            score.example.get_or_insert_with(|| {
                format!(
                    "{} #{}: {:.60} / {:.60}",
                    path.file_name().unwrap().to_string_lossy(),
                    number + 1,
                    ours,
                    theirs
                )
            });
        }
    }
}

/// What tshark prints: a line of names, then a line per frame.
fn tshark(path: &Path, cache: Option<&Path>) -> String {
    if let Some(cache) = cache {
        let kept = cache.join(format!("{}.gz", path.file_name().unwrap().to_string_lossy()));
        if kept.exists() {
            let output = Command::new("zcat").arg(kept).output().expect("zcat");
            return String::from_utf8_lossy(&output.stdout).into_owned();
        }
    }
    let mut command = Command::new("tshark");
    command
        .arg("-r")
        .arg(path)
        .args(["-T", "fields", "-E", "separator=\x1f", "-E", "header=y"]);
    for field in all().iter().filter(|field| !OURS.contains(&field.name)) {
        command.args(["-e", field.name]);
    }
    String::from_utf8_lossy(&command.output().expect("tshark").stdout).into_owned()
}

type Texts = BTreeMap<FieldId, String>;

struct Frames {
    extractor: Extractor,
    describes_interfaces: bool,
    frames: Vec<Texts>,
}

impl Sink for Frames {
    fn record(&mut self, _: Record) {}
    fn issue(&mut self, _: Issue) {}

    fn packet(&mut self, packet: &Packet<'_>) {
        let Position::Packet(number) = packet.span.position else {
            return;
        };
        let frame = Frame {
            number: number.try_into().unwrap_or(u32::MAX),
            time: packet.timestamp,
            link_type: packet.link_type,
            data: packet.data,
            original_length: packet.original_length,
            interface: self.describes_interfaces.then_some(Interface {
                number: packet.interface.0,
                name: None,
                description: None,
                section: 1,
            }),
            comments: &[],
        };
        let fields = self.extractor.frame(&frame);
        self.extractor.displayed(packet.timestamp);
        let mut texts = Texts::new();
        for (id, value) in fields.iter() {
            let value = text(info(id).unwrap(), value);
            texts
                .entry(id)
                .and_modify(|all| {
                    all.push(',');
                    all.push_str(&value);
                })
                .or_insert(value);
        }
        self.frames.push(texts);
    }
}

fn extract(path: &Path, wanted: FieldSet) -> Vec<Texts> {
    let mut bytes = Vec::new();
    File::open(path).unwrap().read_to_end(&mut bytes).unwrap();
    let format = format_of(&bytes[..bytes.len().min(12)]);
    let mut frames = Frames {
        extractor: Extractor::new(wanted),
        describes_interfaces: format == Some(Format::Pcapng),
        frames: Vec::new(),
    };
    let source = Source {
        evidence: EvidenceId(0),
        bytes: &mut bytes.as_slice(),
        length: None,
        modified: None,
    };
    if let Some(format) = format {
        format.reader().read(source, &mut frames);
    }
    frames.frames
}

//! Small evidence built in the test, and a sink that remembers what it was given.

use std::io::{Cursor, Write as _};
use std::path::{Path, PathBuf};

use flate2::write::GzEncoder;
use whotalks_evidence::{
    EvidenceSink, Format, Limits, Manifest, ManifestEntry, NoProgress, Piece, Sha256Digest, Status, open,
};
use whotalks_record::{EvidenceId, Issue, Packet, Record, Sink};
use zip::write::SimpleFileOptions;

/// Remembers what happened, in order.
#[derive(Default)]
pub(crate) struct Remembering {
    pub(crate) begun: Vec<Piece>,
    pub(crate) ended: Vec<EvidenceId>,
    pub(crate) packets: u64,
    pub(crate) records: u64,
    pub(crate) issues: Vec<Issue>,
    /// What an earlier run of the case is said to hold.
    pub(crate) earlier: Vec<(u64, Sha256Digest, EvidenceId)>,
}

impl Sink for Remembering {
    fn record(&mut self, _: Record) {
        self.records += 1;
    }

    fn packet(&mut self, _: &Packet<'_>) {
        self.packets += 1;
    }

    fn issue(&mut self, issue: Issue) {
        self.issues.push(issue);
    }
}

impl EvidenceSink for Remembering {
    fn begins(&mut self, piece: &Piece) {
        self.begun.push(piece.clone());
    }

    fn ends(&mut self, entry: &ManifestEntry) {
        self.ended.push(entry.piece.id);
    }

    fn has_size(&self, bytes: u64) -> bool {
        self.earlier.iter().any(|(size, ..)| *size == bytes)
    }

    fn known_as(&self, sha256: &Sha256Digest) -> Option<EvidenceId> {
        self.earlier
            .iter()
            .find_map(|(_, known, id)| (known == sha256).then_some(*id))
    }
}

/// A folder for one test.
pub(crate) struct Folder(tempfile::TempDir);

impl Folder {
    pub(crate) fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    pub(crate) fn path(&self) -> PathBuf {
        self.0.path().to_owned()
    }

    /// Writes a file, with the folders above it.
    pub(crate) fn with(self, name: &str, bytes: &[u8]) -> Self {
        let path = self.0.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
        self
    }

    pub(crate) fn read(&self) -> (Manifest, Remembering) {
        self.read_within(Limits::default())
    }

    pub(crate) fn read_within(&self, limits: Limits) -> (Manifest, Remembering) {
        let mut sink = Remembering::default();
        let manifest = open(&[self.path()], limits).read_all(EvidenceId(1), &mut sink, &mut NoProgress);
        (manifest, sink)
    }

    /// `id format status path-below-the-folder` of every line.
    pub(crate) fn lines(&self, manifest: &Manifest) -> Vec<String> {
        let root = format!("{}/", self.path().display());
        manifest.entries.iter().map(|entry| line(entry, &root)).collect()
    }
}

fn line(entry: &ManifestEntry, root: &str) -> String {
    let path = entry.piece.path.replace(root, "");
    format!(
        "{} {} {} {path}",
        entry.piece.id,
        entry.piece.format.word(),
        status(entry.status)
    )
}

fn status(status: Status) -> String {
    match status {
        Status::Read => "read".to_owned(),
        Status::ReadInPart => "in-part".to_owned(),
        Status::Duplicate(of) => format!("={of}"),
        Status::NotUnderstood => "named".to_owned(),
        Status::Failed => "failed".to_owned(),
        Status::Container => "container".to_owned(),
    }
}

pub(crate) fn entry<'m>(manifest: &'m Manifest, end_of_path: &str) -> &'m ManifestEntry {
    let found = manifest
        .entries
        .iter()
        .find(|entry| entry.piece.path.ends_with(end_of_path));
    found.unwrap_or_else(|| panic!("no {end_of_path} in {manifest:#?}"))
}

/// A little-endian microsecond capture of Ethernet with `packets` packets of `length` bytes.
pub(crate) fn capture(packets: u32, length: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    bytes.extend(0xa1b2_c3d4_u32.to_le_bytes());
    bytes.extend([2, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 0, 0, 1, 0, 0, 0]);
    for number in 0..packets {
        for field in [1_700_000_000 + number, number % 1_000_000, length, length] {
            bytes.extend(field.to_le_bytes());
        }
        bytes.extend((0..length).map(|at| (at.wrapping_mul(number) >> 3) as u8));
    }
    bytes
}

pub(crate) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

pub(crate) fn zstandard(bytes: &[u8]) -> Vec<u8> {
    zstd::encode_all(bytes, 3).unwrap()
}

pub(crate) fn zip(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// Where the shared corpus lies, if it does.
pub(crate) fn corpus() -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus");
    if path.is_dir() {
        return Some(path);
    }
    println!("skipped: no corpus at {}", path.display());
    None
}

pub(crate) fn format_of(path: &Path) -> Format {
    let mut prefix = std::fs::read(path).unwrap();
    prefix.truncate(64 << 10);
    whotalks_evidence::detect(&prefix)
}

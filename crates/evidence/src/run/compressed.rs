//! gzip and zstd: one member each.

use std::io;

use whotalks_bytes::{CappedDecoder, Caps, Compression};
use whotalks_record::Text;

use super::{Label, Place, Run, bound, stop_of, whole};
use crate::digest::HashingRead;
use crate::entry::{ManifestEntry, Piece, Status};
use crate::peeked::Peeked;

impl Run<'_> {
    /// Unpacks a compressed stream and looks at what is inside.
    pub(super) fn compressed(&mut self, piece: Piece, bytes: Peeked<'_>, place: Place<'_>, compression: Compression) {
        if place.depth >= self.limits.depth {
            return self.too_deep(piece);
        }
        if let Some((sha256, of)) = self.file_double(place.file, piece.expected_bytes) {
            let size = piece.expected_bytes.unwrap_or_default();
            return self.end_double(piece, size, sha256, of);
        }
        let mut hashing = HashingRead::new(bytes);
        let caps = Caps {
            output_bytes: u64::MAX,
            ratio: self.limits.ratio,
        };
        let unpacked = CappedDecoder::new(compression, &mut hashing, caps).map(|decoder| {
            let mut decoder = self.budget.bind(decoder, None);
            self.piece(inner_label(&piece), &mut decoder, inner_place(place));
        });
        self.end_compressed(piece, hashing, unpacked.err());
    }

    /// The stream itself is hashed to its end, also where what is inside stopped earlier.
    fn end_compressed(&mut self, piece: Piece, mut hashing: HashingRead<Peeked<'_>>, error: Option<io::Error>) {
        let error = error.or_else(|| io::copy(&mut hashing, &mut io::sink()).err());
        let (seen, sha256) = hashing.finish();
        let mut entry = ManifestEntry::unread(piece, seen);
        entry.status = Status::Container;
        match error {
            None => entry.sha256 = Some(sha256),
            Some(error) => {
                let kind = stop_of(&error, entry.piece.container.is_some(), seen);
                entry.issues.push(whole(entry.piece.id, kind));
            }
        }
        self.end(entry);
    }

    /// A container inside more containers than are opened.
    pub(super) fn too_deep(&mut self, piece: Piece) {
        let issue = whole(piece.id, bound("archive.depth", self.limits.depth.into(), 1));
        let size = piece.expected_bytes.unwrap_or_default();
        let mut entry = ManifestEntry::unread(piece, size);
        entry.status = Status::Failed;
        entry.issues.push(issue);
        self.end(entry);
    }
}

pub(super) const fn inner_place(place: Place<'_>) -> Place<'static> {
    Place {
        file: None,
        depth: place.depth.saturating_add(1),
    }
}

/// The member is called like the file without its last extension, as `gunzip` and `unzstd` would call it.
fn inner_label(outer: &Piece) -> Label {
    Label {
        path: Text::from(format!("{}!{}", outer.path, inner_name(&outer.path))),
        container: Some(outer.id),
        host_hint: outer.host_hint.clone(),
        modified: outer.modified,
        expected_bytes: None,
    }
}

pub(crate) fn inner_name(path: &str) -> &str {
    let name = path.rsplit(['/', '\\', '!']).next().unwrap_or(path);
    match name.rsplit_once('.') {
        Some((stem, _)) if !stem.is_empty() => stem,
        _ => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_member_loses_the_last_extension() {
        for (path, name) in [
            ("logs/dns.pcap.gz", "dns.pcap"),
            ("outer.zip!a/dns.pcap.zst", "dns.pcap"),
            ("-", "-"),
            ("dir.d/.gz", ".gz"),
        ] {
            assert_eq!(inner_name(path), name, "{path}");
        }
    }
}

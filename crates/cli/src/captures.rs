//! The captures that a command reads, and what is to be said about them.

use std::path::PathBuf;

use whotalks_case::capture::CapturesRead;
use whotalks_case::traces;
use whotalks_record::Issue;
use whotalks_render::CliMessage;
use whotalks_render::messages::PacketMessage;

use crate::face::Face;
use crate::failure::Failure;
use crate::source;

/// Issues that are told on standard error; the manifest has them all.
const MOST_ISSUES: usize = 10;

/// Fails where none of the paths exists; says which ones do not.
pub(crate) fn check(paths: &[PathBuf], face: &Face) -> Result<(), Failure> {
    source::check(paths, face)
}

/// Says what could not be read; fails where no capture could.
pub(crate) fn tell(read: &CapturesRead, face: &Face) -> Result<(), Failure> {
    for (path, providers) in traces::without_packets(read) {
        face.say(&PacketMessage::TraceWithoutPackets {
            path: path.to_string(),
            providers: providers.join(", "),
        });
    }
    if !read.anything_read() {
        let pieces = read.pieces.len();
        return Err(Failure::NothingReadable { pieces });
    }
    let captures = || read.issues().filter(|(piece, _)| piece.is_capture);
    for (piece, issue) in captures().take(MOST_ISSUES) {
        tell_issue(&piece.path, issue, face);
    }
    let more = captures().count().saturating_sub(MOST_ISSUES);
    if more > 0 {
        face.say(&PacketMessage::IssuesMore { count: more as u64 });
    }
    Ok(())
}

fn tell_issue(path: &str, issue: &Issue, face: &Face) {
    let message = PacketMessage::IssueIn {
        path: path.to_owned(),
        place: issue.span.to_string(),
        issue: face.words.issue(issue),
    };
    let message = face.words.text(&message);
    face.say(&CliMessage::Error { message });
}

//! `-w`: the packets that pass, into a file.

use std::io;
use std::path::Path;

use whotalks_case::capture::{self, CapturesRead, Export, Known};
use whotalks_case::fields::{FieldId, FrameFields, find, info, text};
use whotalks_case::packets::select::{Annotate, Keep, Selection};

use crate::arguments::Packets;
use crate::face::Face;
use crate::failure::Failure;
use crate::progress::Bar;
use crate::{known, save};

/// What a case says of a packet, and what it is called in the packet's comment.
const SAID: [&str; 4] = ["process.name", "process.pid", "endpoint.name", "verdict"];

/// Writes the packets, and what a case knows of them; of packets of a trace what the trace itself tells.
pub(super) fn run(
    arguments: &Packets,
    selection: Selection,
    known: Option<&Known>,
    path: &Path,
    face: &Face,
) -> Result<(u64, CapturesRead), Failure> {
    let failed = |source| Failure::File {
        path: path.to_owned(),
        source,
    };
    refuse_overwriting(arguments, path).map_err(failed)?;
    let traced = match known {
        Some(_) => None,
        None => known::of_traces(&arguments.paths)?,
    };
    let known = known.or(traced.as_ref());
    let columns: Vec<FieldId> = SAID.into_iter().filter(|_| known.is_some()).filter_map(find).collect();
    let selection = Selection { columns, ..selection };
    let case = known.map(|known| known as &dyn Annotate);
    let mut export = Export::create(path).map_err(failed)?;
    let mut failure = None;
    let done = {
        let mut bar = Bar::new(&face.words);
        capture::select(&arguments.paths, &selection, case, &mut bar, |seen, fields| {
            let comment = comment(&selection.columns, fields);
            failure = export.packet(seen, comment.as_deref()).err();
            if failure.is_none() { Keep::Going } else { Keep::Stop }
        })
    };
    let (_, read) = &done;
    let own = read.names.iter().map(|(address, name)| (*address, &**name));
    let names = own.chain(known.into_iter().flat_map(Known::names));
    let ended = failure.map_or_else(|| export.names(names), Err);
    ended.and_then(|()| export.finish()).map_err(failed)?;
    save::tell(path, face);
    Ok(done)
}

/// `process.name=chrome.exe process.pid=4312 …`; none where nothing is known.
fn comment(columns: &[FieldId], fields: &FrameFields<'_>) -> Option<String> {
    let said = |id: &FieldId| {
        let field = info(*id)?;
        let value = fields.of(*id).next()?;
        Some(format!("{}={}", field.name, text(field, value)))
    };
    let said: Vec<String> = columns.iter().filter_map(said).collect();
    (!said.is_empty()).then(|| said.join(" "))
}

/// A capture that is read must not be emptied.
fn refuse_overwriting(arguments: &Packets, path: &Path) -> io::Result<()> {
    let is_same =
        |from: &Path| matches!((from.canonicalize(), path.canonicalize()), (Ok(from), Ok(path)) if from == path);
    if arguments.paths.iter().any(|from| is_same(from)) {
        let what = "it is one of the captures that are read";
        return Err(io::Error::new(io::ErrorKind::InvalidInput, what));
    }
    Ok(())
}

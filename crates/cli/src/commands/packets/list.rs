//! The packets that pass a display filter.

use whotalks_case::NoProgress;
use whotalks_case::capture::{self, CapturesRead, Known, Lines};
use whotalks_case::fields::{FieldId, find};
use whotalks_case::packets::select::{Annotate, Selection};
use whotalks_render::packet_rows::{LINE_KEYS, PacketRows, Shape};
use whotalks_render::terminal::PacketList;

use super::write;
use crate::arguments::{Listing, Packets};
use crate::face::Face;
use crate::failure::Failure;
use crate::outcome::Outcome;
use crate::output::Output;
use crate::{captures, filter, known};

pub(super) fn run(arguments: &Packets, face: &Face) -> Result<Outcome, Failure> {
    captures::check(&arguments.paths, face)?;
    let columns = columns(&arguments.fields)?;
    let filter = arguments.filter.as_deref().map(filter::compiled).transpose()?;
    let lines = Lines::default();
    let selection = Selection {
        filter: filter.clone(),
        most: arguments.count,
        columns: if columns.is_empty() {
            lines.columns()
        } else {
            columns.clone()
        },
    };
    let case = arguments.case.as_deref().map(known::open).transpose()?;
    let (passed, read) = match &arguments.write {
        Some(path) => write::run(arguments, selection, case.as_ref(), path, face)?,
        None => list(arguments, &selection, &columns, case.as_ref(), face)?,
    };
    captures::tell(&read, face)?;
    Ok(match &filter {
        Some(filter) if passed == 0 => filter::nothing_passes(filter, case.is_some(), face),
        _ => Outcome::Answered,
    })
}

/// Lists the packets.
fn list(
    arguments: &Packets,
    selection: &Selection,
    columns: &[FieldId],
    known: Option<&Known>,
    face: &Face,
) -> Result<(u64, CapturesRead), Failure> {
    let lines = Lines::default();
    let case = known.map(|known| known as &dyn Annotate);
    let mut writer = Writer::new(arguments, columns, face);
    let mut output = Output::new();
    output.write(writer.head().as_bytes());
    // A bar would run through the list.
    let done = capture::select(&arguments.paths, selection, case, &mut NoProgress, |_, fields| {
        let text = match &mut writer {
            Writer::List(list) => list.packet(&lines.line(fields)),
            Writer::Rows(rows) if columns.is_empty() => rows.line(&lines.line(fields)),
            Writer::Rows(rows) => rows.fields(fields),
        };
        output.write(text.as_bytes())
    });
    output.write(writer.tail().as_bytes());
    output.finish()?;
    Ok(done)
}

/// Whoever writes the packets.
enum Writer<'c> {
    List(Box<PacketList>),
    Rows(PacketRows<'c>),
}

impl<'c> Writer<'c> {
    fn new(arguments: &Packets, columns: &'c [FieldId], face: &Face) -> Self {
        match shape(arguments) {
            Some(shape) => Self::Rows(PacketRows::new(shape, columns)),
            None => Self::List(Box::new(PacketList::new(&face.options))),
        }
    }

    fn head(&self) -> String {
        match self {
            Self::List(list) => list.head(),
            Self::Rows(rows) => {
                let keys = rows.keys();
                rows.head(if keys.is_empty() { &LINE_KEYS } else { &keys })
            }
        }
    }

    fn tail(&self) -> &'static str {
        match self {
            Self::List(_) => "",
            Self::Rows(rows) => rows.tail(),
        }
    }
}

/// How rows are written; none for a list for people.
fn shape(arguments: &Packets) -> Option<Shape> {
    match arguments.table {
        Some(Listing::Table) => None,
        Some(Listing::Fields) => Some(Shape::Fields),
        Some(Listing::Json) => Some(Shape::Json),
        Some(Listing::Jsonl) => Some(Shape::JsonLines),
        Some(Listing::Csv) => Some(Shape::Csv),
        None if arguments.json => Some(Shape::Json),
        None if arguments.csv => Some(Shape::Csv),
        None => (!arguments.fields.is_empty()).then_some(Shape::Fields),
    }
}

/// The fields of these names. What is no field is told as it would be in a filter, with the names that are like it.
fn columns(names: &[String]) -> Result<Vec<FieldId>, Failure> {
    let column = |name: &String| match find(name) {
        Some(id) => Ok(Some(id)),
        None => filter::compiled(name).map(|_| None),
    };
    let found: Vec<Option<FieldId>> = names.iter().map(column).collect::<Result<_, _>>()?;
    Ok(found.into_iter().flatten().collect())
}

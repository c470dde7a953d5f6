//! The packets that pass a display filter.

use std::io;
use std::path::Path;

use whotalks_case::NoProgress;
use whotalks_case::capture::{self, CapturesRead, Export, Lines};
use whotalks_case::fields::{FieldId, find};
use whotalks_case::filter::Filter;
use whotalks_case::packets::select::{Keep, Selection};
use whotalks_render::messages::PacketMessage;
use whotalks_render::packet_rows::{LINE_KEYS, PacketRows, Shape};
use whotalks_render::terminal::PacketList;

use crate::arguments::{Packets, Table};
use crate::face::Face;
use crate::failure::Failure;
use crate::outcome::Outcome;
use crate::output::Output;
use crate::progress::Bar;
use crate::{captures, save};

pub(super) fn run(arguments: &Packets, face: &Face) -> Result<Outcome, Failure> {
    captures::check(&arguments.paths, face)?;
    let columns = columns(&arguments.fields)?;
    let filter = arguments.filter.as_deref().map(compiled).transpose()?;
    let lines = Lines::default();
    let selection = Selection {
        filter,
        most: arguments.count,
        columns: if columns.is_empty() {
            lines.columns()
        } else {
            columns.clone()
        },
    };
    let (passed, read) = match &arguments.write {
        Some(path) => write(
            arguments,
            &Selection {
                columns: Vec::new(),
                ..selection
            },
            path,
            face,
        )?,
        None => list(arguments, &selection, &columns, &lines, face)?,
    };
    captures::tell(&read, face)?;
    if passed == 0 && arguments.filter.is_some() {
        face.say(&PacketMessage::NoPacketPasses);
        return Ok(Outcome::NothingFound);
    }
    Ok(Outcome::Answered)
}

/// Lists the packets.
fn list(
    arguments: &Packets,
    selection: &Selection,
    columns: &[FieldId],
    lines: &Lines,
    face: &Face,
) -> Result<(u64, CapturesRead), Failure> {
    let mut writer = Writer::new(arguments, columns, face);
    let mut output = Output::new();
    output.write(writer.head().as_bytes());
    // A bar would run through the list.
    let done = capture::select(&arguments.paths, selection, None, &mut NoProgress, |_, fields| {
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

/// Writes the packets to a file.
fn write(arguments: &Packets, selection: &Selection, path: &Path, face: &Face) -> Result<(u64, CapturesRead), Failure> {
    let failed = |source| Failure::File {
        path: path.to_owned(),
        source,
    };
    if arguments.paths.iter().any(|from| is_same(from, path)) {
        return Err(failed(io::Error::new(
            io::ErrorKind::InvalidInput,
            "it is one of the captures that are read",
        )));
    }
    let mut export = Export::create(path).map_err(failed)?;
    let mut failure = None;
    let done = {
        let mut bar = Bar::new(&face.words);
        capture::select(&arguments.paths, selection, None, &mut bar, |packet, _| {
            failure = export.packet(packet).err();
            if failure.is_none() { Keep::Going } else { Keep::Stop }
        })
    };
    failure.map_or_else(|| export.finish(), Err).map_err(failed)?;
    save::tell(path, face);
    Ok(done)
}

/// Whether two paths lead to one file, which must not be emptied while it is read.
fn is_same(one: &Path, other: &Path) -> bool {
    matches!((one.canonicalize(), other.canonicalize()), (Ok(one), Ok(other)) if one == other)
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
        Some(Table::Table) => None,
        Some(Table::Fields) => Some(Shape::Fields),
        Some(Table::Json) => Some(Shape::Json),
        Some(Table::Jsonl) => Some(Shape::JsonLines),
        Some(Table::Csv) => Some(Shape::Csv),
        None if arguments.json => Some(Shape::Json),
        None if arguments.csv => Some(Shape::Csv),
        None => (!arguments.fields.is_empty()).then_some(Shape::Fields),
    }
}

fn compiled(text: &str) -> Result<Filter, Failure> {
    Filter::compile(text).map_err(|source| Failure::Filter {
        text: text.to_owned(),
        source,
    })
}

/// The fields of these names. What is no field is told as it would be in a filter, with the names that are like it.
fn columns(names: &[String]) -> Result<Vec<FieldId>, Failure> {
    let column = |name: &String| match find(name) {
        Some(id) => Ok(Some(id)),
        None => compiled(name).map(|_| None),
    };
    let found: Vec<Option<FieldId>> = names.iter().map(column).collect::<Result<_, _>>()?;
    Ok(found.into_iter().flatten().collect())
}

//! `whotalks schema`: the tables that hunting queries see.

use whotalks_case::tables::TableDescription;
use whotalks_case::tables::hunting::{self, Flavour as View};
use whotalks_render::{schema, terminal};

use crate::arguments::{Flavour, Schema};
use crate::face::Face;
use crate::failure::Failure;
use crate::outcome::Outcome;

pub(super) fn run(arguments: &Schema, face: &Face) -> Result<Outcome, Failure> {
    let tables = tables(arguments.flavour);
    let Some(name) = &arguments.table else {
        if arguments.json {
            face.write_json(&schema::tables(&tables))?;
        } else {
            face.write(&terminal::tables(&tables, &face.options))?;
        }
        return Ok(Outcome::Answered);
    };
    let table = tables.iter().find(|table| table.name.eq_ignore_ascii_case(name));
    let table = table.ok_or_else(|| Failure::NoSuchTable { name: name.clone() })?;
    if arguments.json {
        face.write_json(&schema::table(table))?;
    } else {
        face.write(&terminal::columns(table, &face.options))?;
    }
    Ok(Outcome::Answered)
}

fn tables(flavour: Flavour) -> Vec<TableDescription> {
    let view = View::from(flavour);
    let tables = hunting::all();
    tables.iter().map(|table| view.view(table).description).collect()
}

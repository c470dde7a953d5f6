//! `externaldata`: a table that is read from elsewhere. Nothing is fetched; what whoever asks allows to be read is at hand under
//! the location that the query names, and everything else is taken as empty, which the answer says.

mod mapping;

use whotalks_kql_syntax::tree::{Expression, ExpressionKind, ExternalData};
use whotalks_kql_values::{Dynamic, DynamicView, KustoType, Value, convert};

use super::data_table::{declared_columns, table_of_rows};
use super::held::HeldRow;
use crate::answer::Notice;
use crate::bind::{Binder, Expressions, Row};
use crate::error::{PlanProblem, Result};
use crate::phrase::Phrase;
use crate::relation::{Column, Relation};
use mapping::{Found, Mapping};

/// The most rows that are read from elsewhere: they are held in memory.
const MAX_ROWS: usize = 2_000_000;

/// How the rows are written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Format {
    /// Fields with a letter between them.
    Fields(u8),
    /// One JSON object a line, or several in an array.
    Json,
    /// One text a line.
    Lines,
    /// One text in all.
    Whole,
}

impl Binder<'_> {
    pub(crate) fn external_data(&mut self, table: &ExternalData) -> Result<Relation> {
        let columns = declared_columns(&table.schema)?;
        let format = self.property(table, "format")?;
        let skip_first = self.property(table, "ignoreFirstRecord")?;
        let skip_first = skip_first.is_some_and(|text| text.eq_ignore_ascii_case("true"));
        let mapping = self.property(table, "ingestionMapping")?;
        let mut rows = Vec::new();
        for location in &table.locations {
            let (value, _) = Expressions::new(self, Row::None).constant(location, Phrase::TheLocation)?;
            let location = convert::to_text(&value).into_owned();
            // What stands behind a semicolon is a key to the place.
            let place = location.split(';').next().unwrap_or_default();
            let Some(content) = self.tables.external(place) else {
                self.notices.insert(Notice::ExternalDataNotRead);
                continue;
            };
            let format = format_of(format.as_deref(), place)
                .ok_or_else(|| PlanProblem::unsupported(Phrase::FormatOfExternalData, Some(Phrase::UseFormats)))?;
            let mapping = mapping.as_deref().map(|json| mapped(json, format)).transpose()?;
            read(
                &String::from_utf8_lossy(content),
                format,
                skip_first,
                &columns,
                mapping.as_ref(),
                &mut rows,
            );
            if rows.len() > MAX_ROWS {
                let construct = Phrase::ManyRows("externaldata".to_owned(), MAX_ROWS);
                return Err(PlanProblem::unsupported(construct, None).into());
            }
        }
        table_of_rows(columns, &rows)
    }

    /// A property as a text; a word stands for itself.
    fn property(&mut self, table: &ExternalData, name: &str) -> Result<Option<String>> {
        let found = table
            .properties
            .iter()
            .find(|property| property.name.text.eq_ignore_ascii_case(name));
        let Some(property) = found else {
            return Ok(None);
        };
        if let Expression {
            kind: ExpressionKind::Name(word),
            ..
        } = &property.value
        {
            return Ok(Some(word.text.clone()));
        }
        let value = Expressions::new(self, Row::None)
            .constant(&property.value, Phrase::PropertyOf("externaldata".to_owned()))?;
        Ok(Some(convert::to_text(&value.0).into_owned()))
    }
}

/// A mapping; what maps the fields of a line is not understood.
fn mapped(json: &str, format: Format) -> Result<Mapping> {
    let mapping = Mapping::read(json).filter(|_| format == Format::Json);
    let refused = || PlanProblem::unsupported(Phrase::MappingOfExternalData, Some(Phrase::UseMappings));
    Ok(mapping.ok_or_else(refused)?)
}

/// The format that is named, else that of the end of the location, else fields with commas.
fn format_of(named: Option<&str>, location: &str) -> Option<Format> {
    let path = location.split('?').next().unwrap_or_default().to_ascii_lowercase();
    let end = path.rsplit('.').next().unwrap_or_default();
    let format = |name: &str| {
        Some(match name {
            "csv" => Format::Fields(b','),
            "tsv" | "tsve" => Format::Fields(b'\t'),
            "psv" => Format::Fields(b'|'),
            "scsv" => Format::Fields(b';'),
            "sohsv" => Format::Fields(1),
            "json" | "multijson" => Format::Json,
            "txt" => Format::Lines,
            "raw" => Format::Whole,
            _ => return None,
        })
    };
    match named {
        Some(name) => format(&name.to_ascii_lowercase()),
        None => format(end).or(Some(Format::Fields(b','))),
    }
}

fn read(
    content: &str,
    format: Format,
    skip_first: bool,
    columns: &[Column],
    mapping: Option<&Mapping>,
    rows: &mut Vec<HeldRow>,
) {
    let content = content.trim_start_matches('\u{feff}');
    match format {
        Format::Fields(separator) => {
            let mut reader = csv::ReaderBuilder::new()
                .has_headers(skip_first)
                .delimiter(separator)
                .flexible(true)
                .from_reader(content.as_bytes());
            let records = reader.records().map_while(std::result::Result::ok).take(MAX_ROWS + 1);
            rows.extend(records.map(|record| row(columns, |index, _| record.get(index).map(str::to_owned))));
        }
        Format::Json => json(content, columns, mapping, rows),
        Format::Lines => {
            let lines = content.lines().skip(usize::from(skip_first)).take(MAX_ROWS + 1);
            rows.extend(lines.map(|line| row(columns, |index, _| (index == 0).then(|| line.to_owned()))));
        }
        Format::Whole => rows.push(row(columns, |index, _| (index == 0).then(|| content.to_owned()))),
    }
}

/// Objects one behind the other or in an array; columns are taken by their names where no mapping says otherwise.
fn json(content: &str, columns: &[Column], mapping: Option<&Mapping>, rows: &mut Vec<HeldRow>) {
    let mut take = |value: &Dynamic| {
        let bytes = value.encode();
        let object = DynamicView::new(&bytes);
        let found = |column: &Column| match mapping {
            Some(mapping) => mapping.value(object, &column.name),
            None => object.get(&column.name).map(Found::Part),
        };
        let cell = |column: &Column| match found(column) {
            Some(Found::Part(value)) => typed(&value.to_value(), column.kusto_type),
            Some(Found::Constant(text)) => typed(&Value::String(text.into()), column.kusto_type),
            None => typed(&Value::Null, column.kusto_type),
        };
        rows.push(columns.iter().map(cell).collect());
    };
    if let Some(whole) = Dynamic::from_json(content) {
        match &whole {
            Dynamic::Array(objects) => objects.iter().for_each(take),
            object => take(object),
        }
        return;
    }
    content
        .lines()
        .take(MAX_ROWS + 1)
        .filter_map(Dynamic::from_json)
        .for_each(|object| take(&object));
}

fn row(columns: &[Column], field: impl Fn(usize, &Column) -> Option<String>) -> HeldRow {
    let cell = |(index, column): (usize, &Column)| {
        let text = Value::String(field(index, column).unwrap_or_default().into());
        typed(&text, column.kusto_type)
    };
    columns.iter().enumerate().map(cell).collect()
}

/// A value as one of a type; what is no such value is null.
fn typed(value: &Value<'_>, wanted: KustoType) -> Value<'static> {
    match (value, wanted) {
        (Value::Null, KustoType::String) => Value::String("".into()),
        (Value::String(text), KustoType::Dynamic) => Value::Dynamic(Dynamic::parse_json(text).encode().into()),
        (value, wanted) => convert::cast(value, wanted).into_owned(),
    }
}

//! The columns of every answer are those that the vendor's parser says the query has: their names, types and order.

use std::collections::BTreeMap;
use std::io::Write as _;

use tempfile::NamedTempFile;
use whotalks_tables::hunting::{self, Flavour};
use xtask::error::{Error, Result};
use xtask::output::say;

use super::answers::Answered;
use super::official::{Columns, Official, Queried};
use super::tables::named;
use crate::proof::Proof;

/// Compares the columns of each answer with what the vendor's parser says; what it does not say is left out.
pub(super) fn judge(answered: &[Answered], official: &Official, proof: &mut Proof) -> Result {
    let (defender, sentinel) = (described(Flavour::Xdr)?, described(Flavour::Sentinel)?);
    let queries: Vec<_> = answered
        .iter()
        .map(|answered| Queried {
            text: &answered.text,
            tables: match answered.flavour() {
                Flavour::Xdr => defender.path(),
                Flavour::Sentinel => sentinel.path(),
            },
        })
        .collect();
    let (mut compared, mut same) = (0_usize, 0_usize);
    for (answered, theirs) in answered.iter().zip(official.columns(&queries)?) {
        let Some(theirs) = theirs else {
            continue;
        };
        let outcome = alike(&answered.columns, &theirs);
        compared += 1;
        same += usize::from(outcome.is_ok());
        proof.case(&format!("{} columns", answered.name), outcome);
    }
    say(&format!(
        "hunting: {same} of {compared} answers have the columns that the vendor's parser says"
    ));
    proof.figure("compared_columns", compared as f64);
    proof.require(
        same == compared,
        format!("{} answers have other columns", compared - same),
    );
    Ok(())
}

/// The tables as the vendor's parser wants them, in a file.
fn described(flavour: Flavour) -> Result<NamedTempFile> {
    let mut tables = BTreeMap::new();
    for table in hunting::all() {
        let columns: Columns = named(&table, flavour)
            .into_iter()
            .map(|(name, kusto_type)| (name.to_owned(), kusto_type.to_string()))
            .collect();
        tables.insert(table.name, columns);
    }
    let file = NamedTempFile::new().map_err(Error::writing("the tables"))?;
    let text = serde_json::to_string(&tables).map_err(|source| Error::Json {
        what: "the tables",
        source,
    })?;
    file.as_file()
        .write_all(text.as_bytes())
        .map_err(Error::writing(file.path()))?;
    Ok(file)
}

/// The first difference.
fn alike(ours: &Columns, theirs: &Columns) -> std::result::Result<(), String> {
    let written = |column: Option<&(String, String)>| match column {
        Some((name, kusto_type)) => format!("{name}:{kusto_type}"),
        None => "no column".to_owned(),
    };
    let places = 0..ours.len().max(theirs.len());
    let different = places.into_iter().find(|place| ours.get(*place) != theirs.get(*place));
    match different {
        None => Ok(()),
        Some(place) => Err(format!(
            "column {} is {}, the vendor's parser says {}",
            place + 1,
            written(ours.get(place)),
            written(theirs.get(place)),
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_difference_is_told_with_its_place() {
        let columns = |texts: &[(&str, &str)]| -> Columns {
            let owned = |(name, kusto_type): &(&str, &str)| ((*name).to_owned(), (*kusto_type).to_owned());
            texts.iter().map(owned).collect()
        };
        let ours = columns(&[("a", "string"), ("b", "long")]);
        assert_eq!(alike(&ours, &ours), Ok(()));
        let told = alike(&ours, &columns(&[("a", "string"), ("b", "int")])).unwrap_err();
        assert_eq!(told, "column 2 is b:long, the vendor's parser says b:int");
        let told = alike(&ours, &columns(&[("a", "string")])).unwrap_err();
        assert_eq!(told, "column 2 is b:long, the vendor's parser says no column");
    }
}

// `schema`.

use clap::{Args, ValueEnum};
use whotalks_case::tables::hunting::Flavour as View;

#[derive(Debug, Args)]
pub(crate) struct Schema {
    #[arg(id = "schema_table", value_name = "TABLE")]
    pub(crate) table: Option<String>,
    #[arg(
        long,
        value_name = "FLAVOUR",
        value_enum,
        default_value = "xdr",
        hide_possible_values = true
    )]
    pub(crate) flavour: Flavour,
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Flavour {
    Xdr,
    Sentinel,
}

impl From<Flavour> for View {
    fn from(flavour: Flavour) -> Self {
        match flavour {
            Flavour::Xdr => Self::Xdr,
            Flavour::Sentinel => Self::Sentinel,
        }
    }
}

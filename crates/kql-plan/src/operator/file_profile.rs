//! `invoke FileProfile(…)`: what Microsoft's service knows of a file. A case knows none of it, so every column is empty and the
//! availability says so; see <https://learn.microsoft.com/defender-xdr/advanced-hunting-fileprofile-function>.

use whotalks_kql_syntax::tree::Call;
use whotalks_kql_values::{KustoType, Value};

use super::extend::extended;
use super::project::Assigned;
use crate::answer::Notice;
use crate::bind::Binder;
use crate::error::Result;
use crate::function::constant;
use crate::relation::Relation;

/// The columns that the function adds.
const COLUMNS: [(&str, KustoType); 18] = [
    ("SHA1", KustoType::String),
    ("SHA256", KustoType::String),
    ("MD5", KustoType::String),
    ("FileSize", KustoType::Long),
    ("GlobalPrevalence", KustoType::Long),
    ("GlobalFirstSeen", KustoType::DateTime),
    ("GlobalLastSeen", KustoType::DateTime),
    ("Signer", KustoType::String),
    ("Issuer", KustoType::String),
    ("SignerHash", KustoType::String),
    ("IsCertificateValid", KustoType::Bool),
    ("IsRootSignerMicrosoft", KustoType::Bool),
    ("SignatureState", KustoType::String),
    ("IsExecutable", KustoType::Bool),
    ("ThreatName", KustoType::String),
    ("Publisher", KustoType::String),
    ("SoftwareName", KustoType::String),
    ("ProfileAvailability", KustoType::String),
];

/// The word of the service for a file that it does not know.
const NOT_AVAILABLE: &str = "Missing";

impl Binder<'_> {
    pub(super) fn file_profile(&mut self, input: Relation, _: &Call) -> Result<Relation> {
        self.notices.insert(Notice::FileProfileUnknown);
        let missing = COLUMNS.iter().filter(|(name, _)| input.column(name).is_none());
        let assigned = missing.map(|(name, kusto_type)| Assigned {
            name: (*name).to_owned(),
            value: constant(unknown(name, *kusto_type), *kusto_type),
        });
        let assigned = assigned.collect();
        extended(input, assigned)
    }
}

fn unknown(name: &str, kusto_type: KustoType) -> Value<'static> {
    match kusto_type {
        KustoType::String if name == "ProfileAvailability" => Value::String(NOT_AVAILABLE.into()),
        KustoType::String => Value::String("".into()),
        _ => Value::Null,
    }
}

//! `geo_info_from_ip_address` as a function of the engine.

use std::hash::{Hash, Hasher};
use std::net::IpAddr;
use std::sync::Arc;

use datafusion::arrow::array::BinaryBuilder;
use datafusion::arrow::datatypes::DataType;
use datafusion::common::exec_err;
use datafusion::error::Result as EngineResult;
use datafusion::logical_expr::{
    ColumnarValue, Expr, ScalarFunctionArgs, ScalarUDF, ScalarUDFImpl, Signature, Volatility,
};
use whotalks_kql_values::{KustoType, Value};

use crate::physical::ColumnReader;
use crate::places::Places;

/// Looks addresses up in a database of places.
#[derive(Debug, Clone)]
pub(crate) struct PlaceOfAddress {
    places: Arc<dyn Places>,
    signature: Signature,
}

impl PlaceOfAddress {
    /// The call over the text of an address.
    pub(crate) fn call(places: Arc<dyn Places>, address: Expr) -> Expr {
        Self::engine_function(places).call(vec![address])
    }

    /// The function as the engine takes it.
    pub(crate) fn engine_function(places: Arc<dyn Places>) -> Arc<ScalarUDF> {
        let signature = Signature::any(1, Volatility::Immutable);
        Arc::new(ScalarUDF::new_from_impl(Self { places, signature }))
    }

    /// What is known of an address; nothing of a text that is none.
    fn bag(&self, address: &str) -> Option<Vec<u8>> {
        let address: IpAddr = address.trim().parse().ok()?;
        self.places.place(address).map(|place| place.bag())
    }
}

/// Two calls are the same where they ask the same database.
impl PartialEq for PlaceOfAddress {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.places, &other.places)
    }
}

impl Eq for PlaceOfAddress {}

impl Hash for PlaceOfAddress {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.name().hash(state);
    }
}

impl ScalarUDFImpl for PlaceOfAddress {
    fn name(&self) -> &str {
        "geo_info_from_ip_address"
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, _: &[DataType]) -> EngineResult<DataType> {
        Ok(DataType::Binary)
    }

    fn invoke_with_args(&self, call: ScalarFunctionArgs) -> EngineResult<ColumnarValue> {
        let Some(addresses) = call.args.first() else {
            return exec_err!("{} was planned without an address", self.name());
        };
        let addresses = addresses.to_array(call.number_rows)?;
        let addresses = ColumnReader::new(&addresses, KustoType::String);
        let mut places = BinaryBuilder::new();
        for row in 0..call.number_rows {
            match addresses.value(row) {
                Value::String(address) => places.append_option(self.bag(&address)),
                _ => places.append_null(),
            }
        }
        Ok(ColumnarValue::Array(Arc::new(places.finish())))
    }
}

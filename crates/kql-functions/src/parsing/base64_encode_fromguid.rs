use super::base64::encode;
use super::base64_decode_toguid::windows_order;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function::new(
    "base64_encode_fromguid",
    Family::Parsing,
    PARAMETERS,
    Returns::STRING,
    make,
)
.does("An identifier in base64.")
.examples(&[example(
    "print base64_encode_fromguid(toguid('ae3133f2-6e22-49ae-b06a-16e6a9b212eb'))",
    "8jMxriJurkmwahbmqbIS6w==",
)]);

static PARAMETERS: &[Parameter] = &[Parameter::new("guid", Accepts::GUID, "the identifier")];

fn make(_: &[Argument]) -> Made {
    maybe(|row| row.guid(0).map(|guid| encode(&windows_order(guid.0))))
}

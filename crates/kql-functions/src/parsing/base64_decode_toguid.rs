use crate::prelude::*;
use whotalks_kql_values::Guid;

use super::base64::decode;

pub(super) static FUNCTION: Function =
    Function::new("base64_decode_toguid", Family::Parsing, PARAMETERS, Returns::GUID, make)
        .does("The identifier that base64 stands for.")
        .examples(&[example(
            "print base64_decode_toguid('8jMxriJurkmwahbmqbIS6w==')",
            "ae3133f2-6e22-49ae-b06a-16e6a9b212eb",
        )]);

static PARAMETERS: &[Parameter] = &[Parameter::new("base64_string", Accepts::STRING, "the text in base64")];

fn make(_: &[Argument]) -> Made {
    maybe(|row| decode(row.text(0))?.try_into().ok().map(windows_order).map(Guid))
}

/// Between the order in which an identifier is written and that in which Windows stores it.
pub(super) fn windows_order(bytes: [u8; 16]) -> [u8; 16] {
    let [a, b, c, d, e, f, g, h, rest @ ..] = bytes;
    let mut ordered = [d, c, b, a, f, e, h, g, 0, 0, 0, 0, 0, 0, 0, 0];
    for (to, from) in ordered.iter_mut().skip(8).zip(rest) {
        *to = from;
    }
    ordered
}

//! Texts of known formats, and encodings.

pub(crate) mod base64;
mod base64_decode_toarray;
mod base64_decode_toguid;
mod base64_decode_tostring;
mod base64_encode_fromarray;
mod base64_encode_fromguid;
mod base64_encode_tostring;
mod parse_command_line;
mod parse_csv;
mod parse_path;
mod parse_url;
mod parse_urlquery;
mod parse_user_agent;
mod parse_version;
pub(crate) mod percent;
pub(crate) mod query;
mod url_decode;
mod url_encode;
mod url_encode_component;

use crate::function::Function;

/// All of them, by name.
pub(super) static FUNCTIONS: &[&Function] = &[
    &base64_decode_toarray::FUNCTION,
    &base64_decode_toguid::FUNCTION,
    &base64_decode_tostring::FUNCTION,
    &base64_encode_fromarray::FUNCTION,
    &base64_encode_fromguid::FUNCTION,
    &base64_encode_tostring::FUNCTION,
    &parse_command_line::FUNCTION,
    &parse_csv::FUNCTION,
    &parse_path::FUNCTION,
    &parse_url::FUNCTION,
    &parse_urlquery::FUNCTION,
    &parse_user_agent::FUNCTION,
    &parse_version::FUNCTION,
    &url_decode::FUNCTION,
    &url_encode::FUNCTION,
    &url_encode_component::FUNCTION,
];

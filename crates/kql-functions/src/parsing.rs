//! Texts of known formats, and encodings.

pub(crate) mod base64;
mod base64_decode_toarray;
mod base64_decode_toguid;
mod base64_decode_tostring;
mod base64_encode_fromarray;
mod base64_encode_fromguid;
mod base64_encode_tostring;
mod gzip_compress_to_base64_string;
mod gzip_decompress_from_base64_string;
mod parse_command_line;
mod parse_csv;
mod parse_path;
mod parse_url;
mod parse_urlquery;
mod parse_user_agent;
mod parse_version;
mod parse_xml;
pub(crate) mod percent;
pub(crate) mod punycode;
mod punycode_domain_from_string;
mod punycode_domain_to_string;
mod punycode_from_string;
mod punycode_to_string;
pub(crate) mod query;
pub(crate) mod unpack;
mod url_decode;
mod url_encode;
mod url_encode_component;
mod zlib_compress_to_base64_string;
mod zlib_decompress_from_base64_string;

use crate::function::Function;

/// All of them, by name.
pub(super) static FUNCTIONS: &[&Function] = &[
    &base64_decode_toarray::FUNCTION,
    &base64_decode_toguid::FUNCTION,
    &base64_decode_tostring::FUNCTION,
    &base64_encode_fromarray::FUNCTION,
    &base64_encode_fromguid::FUNCTION,
    &base64_encode_tostring::FUNCTION,
    &gzip_compress_to_base64_string::FUNCTION,
    &gzip_decompress_from_base64_string::FUNCTION,
    &parse_command_line::FUNCTION,
    &parse_csv::FUNCTION,
    &parse_path::FUNCTION,
    &parse_url::FUNCTION,
    &parse_urlquery::FUNCTION,
    &parse_user_agent::FUNCTION,
    &parse_version::FUNCTION,
    &parse_xml::FUNCTION,
    &punycode_domain_from_string::FUNCTION,
    &punycode_domain_to_string::FUNCTION,
    &punycode_from_string::FUNCTION,
    &punycode_to_string::FUNCTION,
    &url_decode::FUNCTION,
    &url_encode::FUNCTION,
    &url_encode_component::FUNCTION,
    &zlib_compress_to_base64_string::FUNCTION,
    &zlib_decompress_from_base64_string::FUNCTION,
];

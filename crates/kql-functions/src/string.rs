//! Texts.

mod countof;
mod extract;
mod extract_all;
mod has_any_index;
mod indexof;
mod indexof_regex;
mod regex_quote;
mod replace;
mod replace_regex;
mod replace_string;
mod replace_strings;
mod reverse;
pub(crate) mod rewrite;
mod split;
mod strcat;
mod strcat_array;
mod strcat_delim;
mod strcmp;
mod string_size;
mod strlen;
mod strrep;
mod substring;
mod tolower;
mod toupper;
mod translate;
mod trim;
mod trim_end;
mod trim_start;
mod unicode_codepoints_from_string;
mod unicode_codepoints_to_string;
pub(crate) mod window;

use crate::function::Function;

/// All of them, by name.
pub(super) static FUNCTIONS: &[&Function] = &[
    &countof::FUNCTION,
    &extract::FUNCTION,
    &extract_all::FUNCTION,
    &has_any_index::FUNCTION,
    &indexof::FUNCTION,
    &indexof_regex::FUNCTION,
    &regex_quote::FUNCTION,
    &replace::FUNCTION,
    &replace_regex::FUNCTION,
    &replace_string::FUNCTION,
    &replace_strings::FUNCTION,
    &reverse::FUNCTION,
    &split::FUNCTION,
    &strcat::FUNCTION,
    &strcat_array::FUNCTION,
    &strcat_delim::FUNCTION,
    &strcmp::FUNCTION,
    &string_size::FUNCTION,
    &strlen::FUNCTION,
    &strrep::FUNCTION,
    &substring::FUNCTION,
    &tolower::FUNCTION,
    &toupper::FUNCTION,
    &translate::FUNCTION,
    &trim::FUNCTION,
    &trim_end::FUNCTION,
    &trim_start::FUNCTION,
    &unicode_codepoints_from_string::FUNCTION,
    &unicode_codepoints_to_string::FUNCTION,
];

//! Arrays, bags and sets.

mod array_concat;
mod array_iff;
mod array_index_of;
mod array_length;
mod array_reverse;
mod array_rotate_left;
mod array_rotate_right;
mod array_shift_left;
mod array_shift_right;
mod array_slice;
mod array_sort_asc;
mod array_sort_desc;
mod array_split;
mod array_sum;
mod bag_has_key;
mod bag_keys;
mod bag_merge;
mod bag_pack;
mod bag_remove_keys;
mod bag_set_key;
mod bag_zip;
mod extract_json;
mod jaccard_index;
mod pack_array;
pub(crate) mod path;
mod range;
mod repeat;
pub(crate) mod set;
mod set_difference;
mod set_equals;
mod set_has_element;
mod set_intersect;
mod set_union;
pub(crate) mod shift;
pub(crate) mod sort;
mod treepath;
mod zip;

use crate::function::Function;

/// All of them, by name.
pub(super) static FUNCTIONS: &[&Function] = &[
    &array_concat::FUNCTION,
    &array_iff::FUNCTION,
    &array_index_of::FUNCTION,
    &array_length::FUNCTION,
    &array_reverse::FUNCTION,
    &array_rotate_left::FUNCTION,
    &array_rotate_right::FUNCTION,
    &array_shift_left::FUNCTION,
    &array_shift_right::FUNCTION,
    &array_slice::FUNCTION,
    &array_sort_asc::FUNCTION,
    &array_sort_desc::FUNCTION,
    &array_split::FUNCTION,
    &array_sum::FUNCTION,
    &bag_has_key::FUNCTION,
    &bag_keys::FUNCTION,
    &bag_merge::FUNCTION,
    &bag_pack::FUNCTION,
    &bag_remove_keys::FUNCTION,
    &bag_set_key::FUNCTION,
    &bag_zip::FUNCTION,
    &extract_json::FUNCTION,
    &jaccard_index::FUNCTION,
    &pack_array::FUNCTION,
    &range::FUNCTION,
    &repeat::FUNCTION,
    &set_difference::FUNCTION,
    &set_equals::FUNCTION,
    &set_has_element::FUNCTION,
    &set_intersect::FUNCTION,
    &set_union::FUNCTION,
    &treepath::FUNCTION,
    &zip::FUNCTION,
];

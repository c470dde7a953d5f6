//! Digests.

pub(crate) mod bytes;
mod hash_combine;
mod hash_many;
mod hash_md5;
mod hash_sha1;
mod hash_sha256;
mod xxhash64;

use crate::function::Function;

/// All of them, by name.
pub(super) static FUNCTIONS: &[&Function] = &[
    &hash_combine::FUNCTION,
    &hash_many::FUNCTION,
    &hash_md5::FUNCTION,
    &hash_sha1::FUNCTION,
    &hash_sha256::FUNCTION,
    &xxhash64::FUNCTION,
];

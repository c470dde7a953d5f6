//! The one style and the one script, and the policy that lets nothing else in.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

/// The style sheet.
pub(super) const STYLE: &str = include_str!("../../assets/style.css");

/// Sorting, filtering, copying, the theme; nothing that the report needs.
pub(super) const SCRIPT: &str = include_str!("../../assets/report.js");

/// The content security policy (W3C CSP Level 3): no source at all but these two texts, known by their hash.
pub(super) fn policy() -> String {
    let (style, script) = (hash(STYLE), hash(SCRIPT));
    format!("default-src 'none'; style-src '{style}'; script-src '{script}'; base-uri 'none'; form-action 'none'")
}

fn hash(text: &str) -> String {
    format!("sha256-{}", STANDARD.encode(Sha256::digest(text.as_bytes())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sanitize::visible;

    #[test]
    fn assets_pass_unchanged_into_the_page_so_that_their_hash_holds() {
        for asset in [STYLE, SCRIPT] {
            assert_eq!(visible(asset), asset);
            assert!(!asset.contains("</"), "a tag end would close the element early");
            assert!(!asset.contains("http"), "nothing is loaded");
        }
    }

    #[test]
    fn the_hash_is_the_one_browsers_compute() {
        assert_eq!(hash(""), "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
    }
}

//! What two geometries have in common, as GeoJSON.

use super::geometry::{collection_json, lines_json, points_json, polygons_json};
use super::overlay::Common;

/// One geometry, or a collection where the parts are of several kinds or there are none.
pub(super) fn common_json(common: &Common) -> Vec<u8> {
    let mut kinds = Vec::new();
    if !common.polygons.is_empty() {
        kinds.push(polygons_json(&common.polygons));
    }
    if !common.lines.is_empty() {
        kinds.push(lines_json(&common.lines));
    }
    if !common.points.is_empty() {
        kinds.push(points_json(&common.points));
    }
    match kinds.len() {
        1 => kinds.pop().unwrap_or_default(),
        _ => collection_json(kinds),
    }
}

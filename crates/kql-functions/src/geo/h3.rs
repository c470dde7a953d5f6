//! Cells of the H3 library; see <https://h3geo.org>.

use h3o::{CellIndex, LatLng, Resolution};

use super::polygon::Polygon;
use super::sphere::{Place, Vector};

/// The resolution where none is asked for.
pub(super) const USUAL: i64 = 6;
/// From the coarsest to the finest.
pub(super) const RESOLUTIONS: std::ops::RangeInclusive<i64> = 0..=15;
/// The most cells that cover a polygon; the real engine has the same bound.
const MOST_CELLS: usize = 65_536;

/// The cell of a place.
pub(super) fn cell_of(place: Place, resolution: Resolution) -> Option<CellIndex> {
    Some(LatLng::new(place.latitude, place.longitude).ok()?.to_cell(resolution))
}

pub(super) fn parse(text: &str) -> Option<CellIndex> {
    text.parse().ok()
}

pub(super) fn resolution(level: i64) -> Option<Resolution> {
    Resolution::try_from(u8::try_from(level).ok()?).ok()
}

pub(super) fn center(cell: CellIndex) -> Place {
    place(LatLng::from(cell))
}

/// The corners, counter-clockwise.
pub(super) fn corners(cell: CellIndex) -> Vec<Place> {
    cell.boundary().iter().map(|corner| place(*corner)).collect()
}

fn place(point: LatLng) -> Place {
    Place {
        longitude: point.lng(),
        latitude: point.lat(),
    }
}

/// The cells at a distance of so many steps.
pub(super) fn ring(cell: CellIndex, steps: u32) -> Vec<CellIndex> {
    let quick: Option<Vec<_>> = cell.grid_ring_fast(steps).collect();
    if let Some(mut ring) = quick {
        // The library of the real engine begins a cell later.
        let first = usize::from(ring.len() > 1);
        ring.rotate_left(first);
        return ring;
    }
    let around = cell.grid_disk_distances_safe(steps);
    around
        .filter(|(_, distance)| *distance == steps)
        .map(|(cell, _)| cell)
        .collect()
}

/// The cells whose middle lies in a polygon, found from its corners on; none where they are too many.
pub(super) fn covering(polygons: &[Polygon], resolution: Resolution) -> Option<Vec<CellIndex>> {
    let inside = |cell: CellIndex| {
        let middle: Vector = center(cell).vector();
        polygons.iter().any(|polygon| polygon.contains(middle))
    };
    let mut seen = std::collections::HashSet::new();
    let mut found = Vec::new();
    let mut next: Vec<CellIndex> = borders(polygons, resolution)?;
    while let Some(cell) = next.pop() {
        if !seen.insert(cell) || !inside(cell) {
            continue;
        }
        found.push(cell);
        if found.len() > MOST_CELLS {
            return None;
        }
        next.extend(ring(cell, 1));
    }
    found.sort_unstable();
    Some(found)
}

/// The cells along all borders and those beside them: whatever lies inside is reached from one of them.
fn borders(polygons: &[Polygon], resolution: Resolution) -> Option<Vec<CellIndex>> {
    let mut cells = Vec::new();
    let step_meters = resolution.edge_length_m();
    for edge in polygons.iter().flat_map(Polygon::edges) {
        let steps = (edge.length_meters() / step_meters).ceil().max(1.0);
        if steps > MOST_CELLS as f64 {
            return None;
        }
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "at most the bound of cells"
        )]
        for step in 0..steps as u32 {
            let cell = cell_of(edge.part(f64::from(step) / steps).place(), resolution)?;
            cells.push(cell);
            cells.extend(ring(cell, 1));
            if cells.len() > 8 * MOST_CELLS {
                return None;
            }
        }
    }
    Some(cells)
}

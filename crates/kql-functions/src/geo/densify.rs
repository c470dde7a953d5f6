//! Edges that are straight on a map of longitudes and latitudes, as edges that are straight on the sphere: places are put between
//! until both agree within a tolerance. As the edge tessellator of the S2 library does it.

use super::sphere::{Edge, Place, Vector, distance_meters};

/// Where both ways are compared, and the part of the tolerance that the difference there may reach, so that it is kept everywhere.
const COMPARED_AT: f64 = 0.312_156_910_822_483_15;
const SCALE: f64 = 0.838_299_925_698_885_1;
/// An edge is halved at most so often.
const MOST_HALVINGS: u32 = 10;

/// A line with places put between.
pub(super) fn densified(line: &[Vector], tolerance_meters: f64) -> Vec<Vector> {
    let mut dense: Vec<Vector> = line.first().copied().into_iter().collect();
    for edge in super::geometry::edges(line) {
        let (from, to) = (edge.from.place(), edge.to.place());
        halve(from, unwrapped(from, to), tolerance_meters, MOST_HALVINGS, &mut dense);
    }
    dense
}

/// The same for a ring that does not repeat its first place.
pub(super) fn densified_ring(ring: &[Vector], tolerance_meters: f64) -> Vec<Vector> {
    let closed: Vec<Vector> = ring.iter().chain(ring.first()).copied().collect();
    let mut dense = densified(&closed, tolerance_meters);
    dense.pop();
    dense
}

/// The end of an edge on the map, on the shorter way around.
fn unwrapped(from: Place, to: Place) -> Place {
    let turns = ((to.longitude - from.longitude) / 360.0).round();
    Place {
        longitude: to.longitude - turns * 360.0,
        ..to
    }
}

fn halve(from: Place, to: Place, tolerance_meters: f64, left: u32, dense: &mut Vec<Vector>) {
    let edge = Edge::new(from.vector(), to.vector());
    let difference = |part: f64| distance_meters(edge.part(part), between(from, to, part).vector());
    let worst = difference(COMPARED_AT).max(difference(1.0 - COMPARED_AT));
    if left == 0 || worst <= SCALE * tolerance_meters {
        dense.push(to.vector());
        return;
    }
    let middle = between(from, to, 0.5);
    halve(from, middle, tolerance_meters, left - 1, dense);
    halve(middle, to, tolerance_meters, left - 1, dense);
}

fn between(from: Place, to: Place, part: f64) -> Place {
    Place {
        longitude: from.longitude + (to.longitude - from.longitude) * part,
        latitude: from.latitude + (to.latitude - from.latitude) * part,
    }
}

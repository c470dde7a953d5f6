//! Lines with fewer places, none of which lies further from the old line than a tolerance (Ramer, Douglas and Peucker).

use super::polygon::{Polygon, signed_area};
use super::sphere::{Edge, Vector};

/// A line without places that lie within an angle of the line without them.
pub(super) fn simplified(line: &[Vector], tolerance: f64) -> Vec<Vector> {
    let Some(last) = line.len().checked_sub(1) else {
        return Vec::new();
    };
    let mut kept = vec![0, last];
    let mut open = vec![(0, last)];
    while let Some((from, to)) = open.pop() {
        if let Some(place) = furthest(line, from, to, tolerance) {
            kept.push(place);
            open.push((from, place));
            open.push((place, to));
        }
    }
    kept.sort_unstable();
    kept.dedup();
    kept.into_iter().filter_map(|place| line.get(place).copied()).collect()
}

/// The place between two others that lies furthest from the line between them, where it is too far.
fn furthest(line: &[Vector], from: usize, to: usize, tolerance: f64) -> Option<usize> {
    let chord = Edge::new(*line.get(from)?, *line.get(to)?);
    let between = (from + 1..to).filter_map(|place| line.get(place).map(|point| (place, *point)));
    let far = between.map(|(place, point)| (place, chord.closest(point).angle(point)));
    far.filter(|(_, angle)| *angle > tolerance)
        .max_by(|left, right| left.1.total_cmp(&right.1))
        .map(|(place, _)| place)
}

/// A polygon with simplified rings; holes that vanish are left out, and none is left where the outer ring vanishes.
pub(super) fn polygon(polygon: &Polygon, tolerance: f64) -> Option<Polygon> {
    let mut rings = polygon.rings().iter().map(|ring| simplified_ring(ring, tolerance));
    let outer = rings.next()??;
    let holes = rings.flatten();
    Some(Polygon::of_rings(std::iter::once(outer).chain(holes).collect()))
}

/// A ring is simplified as two lines: from its first place to the one furthest from it, and back.
fn simplified_ring(ring: &[Vector], tolerance: f64) -> Option<Vec<Vector>> {
    let first = *ring.first()?;
    let (turn, _) = ring
        .iter()
        .enumerate()
        .max_by(|left, right| first.angle(*left.1).total_cmp(&first.angle(*right.1)))?;
    let mut there = simplified(ring.get(..=turn)?, tolerance);
    let back: Vec<Vector> = ring.get(turn..)?.iter().copied().chain([first]).collect();
    let back = simplified(&back, tolerance);
    there.pop();
    there.extend(back.get(..back.len().saturating_sub(1))?);
    let far_enough = there.iter().any(|point| point.angle(first) > tolerance);
    (there.len() >= 3 && far_enough && signed_area(&there) != 0.0).then_some(there)
}

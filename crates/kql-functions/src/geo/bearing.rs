//! Directions as one stands at a point.

use super::sphere::Vector;

/// The angle in radians, clockwise, from due north to the way to another point.
pub(super) fn bearing(from: Vector, to: Vector) -> f64 {
    let (north, east) = from.compass();
    to.dot(east).atan2(to.dot(north))
}

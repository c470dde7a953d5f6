//! What lies within a distance of a geometry, as polygons.

use super::overlay;
use super::polygon::Polygon;
use super::sphere::{Edge, Vector};

/// The least number of corners of a circle.
const LEAST_CORNERS: f64 = 8.0;
/// The most corners of a circle, so that a small tolerance stays payable.
const MOST_CORNERS: f64 = 720.0;

/// A circle around a point, whose sides leave its border by no more than a tolerance; both are angles.
pub(super) fn circle(center: Vector, radius: f64, tolerance: f64) -> Polygon {
    // The middle of a side of a regular polygon lies `radius * (1 - cos(half of the angle of a side))` inside of the circle.
    let half = (1.0 - (tolerance / radius).min(1.0)).acos();
    let corners = (std::f64::consts::PI / half).ceil().clamp(LEAST_CORNERS, MOST_CORNERS);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "at most the bound of corners"
    )]
    let count = corners as u32;
    let (north, east) = center.compass();
    let corner = |index: u32| {
        let turn = f64::from(index) / corners * std::f64::consts::TAU;
        center.toward(east * turn.cos() + north * turn.sin(), radius)
    };
    Polygon::of_rings(vec![(0..count).map(corner).collect()])
}

/// What lies within a distance of edges.
pub(super) fn around(edges: &[Edge], radius: f64, tolerance: f64) -> Vec<Polygon> {
    let shapes = edges.iter().flat_map(|edge| {
        [
            circle(edge.from, radius, tolerance),
            circle(edge.to, radius, tolerance),
            strip(*edge, radius),
        ]
    });
    overlay::union(shapes.collect())
}

/// The band to both sides of an edge.
fn strip(edge: Edge, radius: f64) -> Polygon {
    let left = edge.from.cross(edge.to).unit();
    let corners = vec![
        edge.from.toward(left * -1.0, radius),
        edge.to.toward(left * -1.0, radius),
        edge.to.toward(left, radius),
        edge.from.toward(left, radius),
    ];
    Polygon::of_rings(vec![corners])
}

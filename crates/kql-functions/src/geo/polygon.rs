//! Polygons on the sphere: an outer ring and the rings of its holes.

use super::sphere::{EARTH_RADIUS_METERS, Edge, Vector, distance_meters};

/// A polygon. The outer ring runs counter-clockwise, holes clockwise, so that the inside lies on the left of every edge; no ring
/// repeats its first point at the end.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Polygon {
    rings: Vec<Vec<Vector>>,
}

impl Polygon {
    /// A polygon of rings whose last place is their first again; none where a ring is no simple ring.
    pub(super) fn new(closed: Vec<Vec<Vector>>) -> Option<Self> {
        let rings: Option<Vec<_>> = closed.into_iter().map(opened).collect();
        let rings = rings?;
        if rings.is_empty() || !rings.iter().all(|ring| is_simple(ring)) {
            return None;
        }
        Some(Self::of_rings(rings))
    }

    /// A polygon of rings that are known to be simple, without their repeated first point.
    pub(super) fn of_rings(rings: Vec<Vec<Vector>>) -> Self {
        let turned = rings.into_iter().enumerate().map(|(index, mut ring)| {
            let counter_clockwise = signed_area(&ring) >= 0.0;
            if counter_clockwise != (index == 0) {
                ring.reverse();
            }
            ring
        });
        Self {
            rings: turned.collect(),
        }
    }

    pub(super) fn rings(&self) -> &[Vec<Vector>] {
        &self.rings
    }

    /// All edges, with the inside on their left.
    pub(super) fn edges(&self) -> impl Iterator<Item = Edge> + '_ {
        self.rings.iter().flat_map(|ring| ring_edges(ring))
    }

    /// Whether a point lies inside or on the border.
    pub(super) fn contains(&self, point: Vector) -> bool {
        self.edges().any(|edge| edge.holds(point)) || self.encloses(point)
    }

    /// Whether a point that is not on the border lies inside: the outer ring goes round it, and no hole does.
    pub(super) fn encloses(&self, point: Vector) -> bool {
        const HALF_TURN: f64 = std::f64::consts::PI;
        let mut rings = self.rings.iter().map(|ring| turn(ring, point));
        rings.next().is_some_and(|outer| outer > HALF_TURN) && rings.all(|hole| hole > -HALF_TURN)
    }

    /// Whether another polygon has a point in common.
    pub(super) fn meets(&self, other: &Self) -> bool {
        let corner = |polygon: &Self| polygon.edges().next().map(|edge| edge.from);
        corner(self).is_some_and(|corner| other.contains(corner))
            || corner(other).is_some_and(|corner| self.contains(corner))
            || self
                .edges()
                .any(|edge| other.edges().any(|side| side.crossing(edge).is_some()))
    }

    /// The area in square metres.
    pub(super) fn area_square_meters(&self) -> f64 {
        let areas = self.rings.iter().map(|ring| signed_area(ring));
        areas.sum::<f64>().abs() * EARTH_RADIUS_METERS * EARTH_RADIUS_METERS
    }

    /// The length of all borders in metres.
    pub(super) fn perimeter_meters(&self) -> f64 {
        self.edges().map(|edge| distance_meters(edge.from, edge.to)).sum()
    }

    /// The middle of the area, weighed with the area.
    pub(super) fn weighed_centroid(&self) -> Vector {
        self.rings
            .iter()
            .map(|ring| ring_centroid(ring))
            .fold(Vector::ZERO, |sum, ring| sum + ring)
    }
}

/// The point of polygons that lies nearest: the point itself where one of them holds it.
pub(super) fn closest_of(polygons: &[Polygon], point: Vector) -> Option<Vector> {
    if polygons.iter().any(|polygon| polygon.contains(point)) {
        return Some(point);
    }
    nearest(polygons.iter().flat_map(Polygon::edges), point)
}

/// The point of edges that lies nearest.
pub(super) fn nearest(edges: impl Iterator<Item = Edge>, point: Vector) -> Option<Vector> {
    let closest = edges.map(|edge| edge.closest(point));
    closest.min_by(|left, right| left.angle(point).total_cmp(&right.angle(point)))
}

/// The edges of a ring, the closing one included.
pub(super) fn ring_edges(ring: &[Vector]) -> impl Iterator<Item = Edge> + '_ {
    let next = ring.iter().skip(1).chain(ring.first());
    ring.iter().zip(next).map(|(from, to)| Edge::new(*from, *to))
}

/// The ring without its last place, which must be its first.
fn opened(mut ring: Vec<Vector>) -> Option<Vec<Vector>> {
    let last = ring.pop()?;
    (ring.len() >= 3 && ring.first() == Some(&last)).then_some(ring)
}

/// No edge without length, and no edge that meets another one but its neighbours at their ends.
fn is_simple(ring: &[Vector]) -> bool {
    let edges: Vec<Edge> = ring_edges(ring).collect();
    if edges.iter().any(|edge| edge.from == edge.to) {
        return false;
    }
    let count = edges.len();
    edges.iter().enumerate().all(|(index, edge)| {
        let mut later = edges.iter().enumerate().skip(index + 1);
        later.all(|(other_index, other)| {
            let follows = other_index == index + 1 || (index == 0 && other_index + 1 == count);
            if follows {
                !folds_back(*edge, *other)
            } else {
                edge.crossing(*other).is_none()
            }
        })
    })
}

/// Whether one of two neighbours runs back over the other.
fn folds_back(first: Edge, second: Edge) -> bool {
    let (joint, one, two) = if first.to == second.from {
        (first.to, first.from, second.to)
    } else {
        (first.from, first.to, second.from)
    };
    Edge::new(joint, one).holds(two) || Edge::new(joint, two).holds(one)
}

/// The area in steradians, positive for rings that run counter-clockwise as seen from above; at most half of the sphere.
pub(super) fn signed_area(ring: &[Vector]) -> f64 {
    let Some(origin) = ring.first().copied() else {
        return 0.0;
    };
    let inner = ring.get(1..).unwrap_or_default();
    let triangles = inner.iter().zip(inner.iter().skip(1));
    triangles
        .map(|(left, right)| {
            let volume = origin.dot(left.cross(*right));
            2.0 * volume.atan2(1.0 + origin.dot(*left) + left.dot(*right) + right.dot(origin))
        })
        .sum()
}

/// How far one turns who stands at a point and follows a ring with the eyes: a full turn to the left where the ring runs
/// counter-clockwise around the point, to the right where it runs clockwise or around the opposite point, else none.
fn turn(ring: &[Vector], point: Vector) -> f64 {
    ring_edges(ring)
        .map(|edge| {
            let from = edge.from - point * point.dot(edge.from);
            let to = edge.to - point * point.dot(edge.to);
            point.dot(from.cross(to)).atan2(from.dot(to))
        })
        .sum()
}

/// The integral of the position over the area; see "true centroid" in the S2 library.
fn ring_centroid(ring: &[Vector]) -> Vector {
    let Some(origin) = ring.first().copied() else {
        return Vector::ZERO;
    };
    let inner = ring.get(1..).unwrap_or_default();
    let triangles = inner.iter().zip(inner.iter().skip(1));
    triangles
        .map(|(left, right)| triangle_centroid(origin, *left, *right))
        .fold(Vector::ZERO, |sum, triangle| sum + triangle)
}

fn triangle_centroid(a: Vector, b: Vector, c: Vector) -> Vector {
    let stretch = |angle: f64| if angle == 0.0 { 1.0 } else { angle / angle.sin() };
    let (opposite_a, opposite_b, opposite_c) = (stretch(b.angle(c)), stretch(c.angle(a)), stretch(a.angle(b)));
    let x = Vector {
        x: a.x,
        y: b.x - a.x,
        z: c.x - a.x,
    };
    let y = Vector {
        x: a.y,
        y: b.y - a.y,
        z: c.y - a.y,
    };
    let z = Vector {
        x: a.z,
        y: b.z - a.z,
        z: c.z - a.z,
    };
    let right = Vector {
        x: opposite_a,
        y: opposite_b - opposite_a,
        z: opposite_c - opposite_a,
    };
    Vector {
        x: y.cross(z).dot(right),
        y: z.cross(x).dot(right),
        z: x.cross(y).dot(right),
    } * 0.5
}

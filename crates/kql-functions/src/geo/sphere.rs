//! Points on the sphere and great circles, as unit vectors: no special case at the poles or at the 180th meridian.

use std::ops::{Add, Mul, Sub};

/// The mean radius of the earth that the real engine works with, in metres (that of the S2 library).
pub(super) const EARTH_RADIUS_METERS: f64 = 6_371_010.0;

/// Two directions closer than this are the same: about a millimetre on the ground.
const SAME: f64 = 1e-10;

/// A place as longitude and latitude in degrees.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Place {
    pub(super) longitude: f64,
    pub(super) latitude: f64,
}

impl Place {
    /// A place on the earth; none outside of ±180 and ±90 degrees.
    pub(super) fn new(longitude: f64, latitude: f64) -> Option<Self> {
        let valid = (-180.0..=180.0).contains(&longitude) && (-90.0..=90.0).contains(&latitude);
        valid.then_some(Self { longitude, latitude })
    }

    pub(super) fn vector(self) -> Vector {
        let (longitude, latitude) = (self.longitude.to_radians(), self.latitude.to_radians());
        Vector {
            x: latitude.cos() * longitude.cos(),
            y: latitude.cos() * longitude.sin(),
            z: latitude.sin(),
        }
    }
}

/// A vector in space; one of length 1 is a point on the sphere.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Vector {
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) z: f64,
}

impl Add for Vector {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self {
            x: self.x + other.x,
            y: self.y + other.y,
            z: self.z + other.z,
        }
    }
}

impl Sub for Vector {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        self + other * -1.0
    }
}

impl Mul<f64> for Vector {
    type Output = Self;
    fn mul(self, factor: f64) -> Self {
        Self {
            x: self.x * factor,
            y: self.y * factor,
            z: self.z * factor,
        }
    }
}

impl Vector {
    pub(super) const ZERO: Self = Self { x: 0.0, y: 0.0, z: 0.0 };

    pub(super) fn dot(self, other: Self) -> f64 {
        self.x * other.x + self.y * other.y + self.z * other.z
    }

    pub(super) fn cross(self, other: Self) -> Self {
        Self {
            x: self.y * other.z - self.z * other.y,
            y: self.z * other.x - self.x * other.z,
            z: self.x * other.y - self.y * other.x,
        }
    }

    pub(super) fn length(self) -> f64 {
        self.dot(self).sqrt()
    }

    /// The direction as a vector of length 1; the same where it has no direction.
    pub(super) fn unit(self) -> Self {
        let length = self.length();
        if length > 0.0 { self * (1.0 / length) } else { self }
    }

    /// The angle to another direction in radians.
    pub(super) fn angle(self, other: Self) -> f64 {
        self.cross(other).length().atan2(self.dot(other))
    }

    /// Whether two points are one, as far as a coordinate can tell.
    pub(super) fn same(self, other: Self) -> bool {
        (self - other).length() < SAME
    }

    pub(super) fn place(self) -> Place {
        Place {
            longitude: self.y.atan2(self.x).to_degrees(),
            latitude: self.z.atan2(self.x.hypot(self.y)).to_degrees(),
        }
    }

    /// The point at an angle from this one, in a direction that stands upright on it.
    pub(super) fn toward(self, direction: Self, angle: f64) -> Self {
        (self * angle.cos() + direction.unit() * angle.sin()).unit()
    }

    /// The directions to the north and to the east of a point.
    pub(super) fn compass(self) -> (Self, Self) {
        let pole = Self { x: 0.0, y: 0.0, z: 1.0 };
        let east = pole.cross(self);
        let east = if east.length() < SAME {
            Self { x: 0.0, y: 1.0, z: 0.0 }
        } else {
            east.unit()
        };
        (self.cross(east).unit(), east)
    }
}

/// The length of the way between two points in metres.
pub(super) fn distance_meters(from: Vector, to: Vector) -> f64 {
    from.angle(to) * EARTH_RADIUS_METERS
}

/// The piece of a great circle between two points that are not opposite.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Edge {
    pub(super) from: Vector,
    pub(super) to: Vector,
}

impl Edge {
    pub(super) const fn new(from: Vector, to: Vector) -> Self {
        Self { from, to }
    }

    /// The point of the edge that lies nearest.
    pub(super) fn closest(self, point: Vector) -> Vector {
        let normal = self.from.cross(self.to);
        if normal.length() > 0.0 {
            let foot = (point - normal.unit() * point.dot(normal.unit())).unit();
            let inside = normal.dot(self.from.cross(foot)) >= 0.0 && normal.dot(foot.cross(self.to)) >= 0.0;
            if inside {
                return foot;
            }
        }
        if self.from.angle(point) <= self.to.angle(point) {
            self.from
        } else {
            self.to
        }
    }

    /// Whether a point lies on the edge, its ends included.
    pub(super) fn holds(self, point: Vector) -> bool {
        self.closest(point).same(point)
    }

    /// The place at a part of the way, 0 to 1.
    pub(super) fn part(self, part: f64) -> Vector {
        let angle = self.from.angle(self.to);
        let direction = self.to - self.from * self.from.dot(self.to);
        self.from.toward(direction, angle * part)
    }

    /// The point that both edges have; one of them where they run along one another.
    pub(super) fn crossing(self, other: Self) -> Option<Vector> {
        let ends = [self.from, self.to];
        if let Some(touch) = ends.into_iter().find(|end| other.holds(*end)) {
            return Some(touch);
        }
        if let Some(touch) = [other.from, other.to].into_iter().find(|end| self.holds(*end)) {
            return Some(touch);
        }
        let line = self.from.cross(self.to).cross(other.from.cross(other.to));
        if line.length() < f64::MIN_POSITIVE {
            return None;
        }
        let point = line.unit();
        [point, point * -1.0]
            .into_iter()
            .find(|point| self.within(*point) && other.within(*point))
    }

    /// Whether a point of the great circle lies between the ends.
    fn within(self, point: Vector) -> bool {
        let normal = self.from.cross(self.to);
        normal.dot(self.from.cross(point)) > 0.0 && normal.dot(point.cross(self.to)) > 0.0
    }

    pub(super) fn length_meters(self) -> f64 {
        distance_meters(self.from, self.to)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(longitude: f64, latitude: f64) -> Vector {
        Place::new(longitude, latitude).unwrap().vector()
    }

    #[test]
    fn edges_cross_and_touch() {
        let equator = Edge::new(at(-10.0, 0.0), at(10.0, 0.0));
        let meridian = Edge::new(at(0.0, -10.0), at(0.0, 10.0));
        let crossing = equator.crossing(meridian).unwrap();
        assert!(crossing.same(at(0.0, 0.0)));
        assert!(equator.crossing(Edge::new(at(0.0, 1.0), at(0.0, 10.0))).is_none());
        assert!(equator.crossing(Edge::new(at(10.0, 0.0), at(10.0, 5.0))).is_some());
    }

    #[test]
    fn the_nearest_point_of_an_edge_is_its_foot_or_an_end() {
        let equator = Edge::new(at(-10.0, 0.0), at(10.0, 0.0));
        assert!(equator.closest(at(3.0, 5.0)).same(at(3.0, 0.0)));
        assert!(equator.closest(at(30.0, 5.0)).same(at(10.0, 0.0)));
    }
}

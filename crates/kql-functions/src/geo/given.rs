//! Geometries among the arguments: one that is the same in all rows is read once.

use std::sync::Arc;

use super::geometry;
use super::polygon::Polygon;
use super::sphere::{EARTH_RADIUS_METERS, Edge, Place, Vector};
use crate::prelude::*;

/// One point, then the other.
pub(super) static TWO_POINTS: &[Parameter] = &[
    Parameter::new(
        "p1_longitude",
        Accepts::NumberAsReal,
        "the longitude of the point in degrees",
    ),
    Parameter::new(
        "p1_latitude",
        Accepts::NumberAsReal,
        "the latitude of the point in degrees",
    ),
    Parameter::new(
        "p2_longitude",
        Accepts::NumberAsReal,
        "the longitude of the point in degrees",
    ),
    Parameter::new(
        "p2_latitude",
        Accepts::NumberAsReal,
        "the latitude of the point in degrees",
    ),
];

/// Lines as their places.
pub(super) type Lines = Vec<Vec<Vector>>;

/// An argument that is a geometry.
pub(super) struct Given<T> {
    known: Option<Option<Arc<T>>>,
    index: usize,
    read: fn(DynamicView<'_>) -> Option<T>,
}

impl<T> Given<T> {
    fn new(arguments: &[Argument], index: usize, read: fn(DynamicView<'_>) -> Option<T>) -> Self {
        let constant = arguments.get(index).and_then(|argument| argument.constant.as_ref());
        let known = constant.map(|value| value.view().and_then(read).map(Arc::new));
        Self { known, index, read }
    }

    /// The geometry of a row; none where it is not valid.
    pub(super) fn of(&self, row: Row<'_>) -> Option<Arc<T>> {
        match &self.known {
            Some(known) => known.clone(),
            None => (self.read)(row.view(self.index)?).map(Arc::new),
        }
    }
}

/// An argument of polygons.
pub(super) fn polygons(arguments: &[Argument], index: usize) -> Given<Vec<Polygon>> {
    Given::new(arguments, index, geometry::polygons)
}

/// An argument of lines.
pub(super) fn lines(arguments: &[Argument], index: usize) -> Given<Lines> {
    Given::new(arguments, index, geometry::lines)
}

/// The place of two arguments, longitude and latitude.
pub(super) fn place(row: Row<'_>, index: usize) -> Option<Place> {
    Place::new(row.real(index)?, row.real(index + 1)?)
}

/// The point of two arguments, longitude and latitude.
pub(super) fn point(row: Row<'_>, index: usize) -> Option<Vector> {
    place(row, index).map(Place::vector)
}

/// The number of an argument that may be left out: the default then, none where it is not in the range.
pub(super) fn number(row: Row<'_>, index: usize, default: f64, range: std::ops::RangeInclusive<f64>) -> Option<f64> {
    if row.values().len() <= index {
        return Some(default);
    }
    row.real(index).filter(|number| range.contains(number))
}

/// The whole number of an argument that may be left out.
pub(super) fn level(row: Row<'_>, index: usize, default: i64, range: std::ops::RangeInclusive<i64>) -> Option<i64> {
    if row.values().len() <= index {
        return Some(default);
    }
    row.long(index).filter(|number| range.contains(number))
}

/// All pieces of lines.
pub(super) fn edges(lines: &[Vec<Vector>]) -> impl Iterator<Item = Edge> + '_ {
    lines.iter().flat_map(|line| geometry::edges(line))
}

/// A length on the ground as an angle.
pub(super) fn angle(meters: f64) -> f64 {
    meters / EARTH_RADIUS_METERS
}

/// How far a change of a line may lead away from it, in metres: from a decimetre to ten kilometres.
pub(super) const TOLERANCES: std::ops::RangeInclusive<f64> = 0.1..=10_000.0;
/// The tolerance that counts where none is given.
pub(super) const TOLERANCE: f64 = 10.0;
/// Half of the way around the earth: no place is further away.
pub(super) const FURTHEST: f64 = EARTH_RADIUS_METERS * std::f64::consts::PI;
/// The distances that can be asked for around a geometry, in metres.
pub(super) const RADII: std::ops::RangeInclusive<f64> = 0.1..=FURTHEST / 2.0;

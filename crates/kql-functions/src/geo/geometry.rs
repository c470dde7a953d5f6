//! Geometries as GeoJSON (RFC 7946) writes them, and back.

use super::polygon::Polygon;
use super::sphere::{Edge, Place, Vector};
use crate::prelude::*;

/// The most places of one geometry: work on polygons grows with the square of it.
const MOST_PLACES: usize = 4_000;

/// What a GeoJSON value describes.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Geometry {
    Points(Vec<Vector>),
    Lines(Vec<Vec<Vector>>),
    Polygons(Vec<Polygon>),
}

impl Geometry {
    /// Reads a geometry, also one inside of a feature; none where it is not valid.
    pub(super) fn read(view: DynamicView<'_>) -> Option<Self> {
        let kind = view.get("type")?.text()?;
        if kind == "Feature" {
            let geometry = view.get("geometry")?;
            // One level only: a feature holds no feature.
            return (geometry.get("type")?.text()? != "Feature").then(|| Self::read(geometry))?;
        }
        let coordinates = view.get("coordinates")?;
        match kind {
            "Point" => Some(Self::Points(vec![place(coordinates)?.vector()])),
            "MultiPoint" => Some(Self::Points(places(coordinates)?)),
            "LineString" => Some(Self::Lines(vec![line(coordinates)?])),
            "MultiLineString" => Some(Self::Lines(all(coordinates, line)?)),
            "Polygon" => Some(Self::Polygons(vec![polygon(coordinates)?])),
            "MultiPolygon" => Some(Self::Polygons(all(coordinates, polygon)?)),
            _ => None,
        }
    }
}

/// The lines of a value that is a line or several.
pub(super) fn lines(view: DynamicView<'_>) -> Option<Vec<Vec<Vector>>> {
    match Geometry::read(view)? {
        Geometry::Lines(lines) => Some(lines),
        _ => None,
    }
}

/// The polygons of a value that is a polygon or several.
pub(super) fn polygons(view: DynamicView<'_>) -> Option<Vec<Polygon>> {
    match Geometry::read(view)? {
        Geometry::Polygons(polygons) => Some(polygons),
        _ => None,
    }
}

/// The polygons of an array of them; none where one of them is not valid.
pub(super) fn all_polygons(view: DynamicView<'_>) -> Option<Vec<Polygon>> {
    Some(all(view, polygons)?.into_iter().flatten().collect())
}

/// The lines of an array of them; none where one of them is not valid.
pub(super) fn all_lines(view: DynamicView<'_>) -> Option<Vec<Vec<Vector>>> {
    Some(all(view, lines)?.into_iter().flatten().collect())
}

/// The pieces of a line.
pub(super) fn edges(line: &[Vector]) -> impl Iterator<Item = Edge> {
    line.iter()
        .zip(line.iter().skip(1))
        .map(|(from, to)| Edge::new(*from, *to))
}

fn all<T>(view: DynamicView<'_>, read: fn(DynamicView<'_>) -> Option<T>) -> Option<Vec<T>> {
    let read: Vec<T> = view.elements()?.map(read).collect::<Option<_>>()?;
    (!read.is_empty()).then_some(read)
}

fn number(view: DynamicView<'_>) -> Option<f64> {
    convert::to_real(&view.to_value())
}

fn place(view: DynamicView<'_>) -> Option<Place> {
    let mut coordinates = view.elements()?;
    Place::new(number(coordinates.next()?)?, number(coordinates.next()?)?)
}

fn places(view: DynamicView<'_>) -> Option<Vec<Vector>> {
    let elements = view.elements()?;
    if elements.len() > MOST_PLACES {
        return None;
    }
    elements.map(|element| place(element).map(Place::vector)).collect()
}

/// A line has at least two places, and no piece without length; its ends may meet.
fn line(view: DynamicView<'_>) -> Option<Vec<Vector>> {
    let places = places(view)?;
    (places.len() >= 2 && edges(&places).all(|edge| edge.from != edge.to)).then_some(places)
}

/// Rings of at least three places, whose last is their first again.
fn polygon(view: DynamicView<'_>) -> Option<Polygon> {
    let rings = all(view, places)?;
    Polygon::new(rings)
}

/// A place as `[longitude, latitude]`.
fn coordinates(point: Vector) -> Vec<u8> {
    let place = point.place();
    DynamicBuilder::array([place.longitude, place.latitude].map(DynamicBuilder::real))
}

fn line_coordinates(line: &[Vector]) -> Vec<u8> {
    DynamicBuilder::array(line.iter().map(|point| coordinates(*point)))
}

fn polygon_coordinates(polygon: &Polygon) -> Vec<u8> {
    DynamicBuilder::array(polygon.rings().iter().map(|ring| closed(ring)))
}

fn closed(ring: &[Vector]) -> Vec<u8> {
    DynamicBuilder::array(ring.iter().chain(ring.first()).map(|point| coordinates(*point)))
}

fn typed(kind: &str, coordinates: Vec<u8>) -> Vec<u8> {
    DynamicBuilder::bag([("type", DynamicBuilder::string(kind)), ("coordinates", coordinates)])
}

/// `{"type":"Point", …}`.
pub(super) fn point_json(point: Vector) -> Vec<u8> {
    typed("Point", coordinates(point))
}

/// One point, several, or an empty collection.
pub(super) fn points_json(points: &[Vector]) -> Vec<u8> {
    match points {
        [] => empty_json(),
        [point] => point_json(*point),
        points => typed("MultiPoint", line_coordinates(points)),
    }
}

/// One line, several, or an empty collection.
pub(super) fn lines_json(lines: &[Vec<Vector>]) -> Vec<u8> {
    match lines {
        [] => empty_json(),
        [line] => typed("LineString", line_coordinates(line)),
        lines => typed(
            "MultiLineString",
            DynamicBuilder::array(lines.iter().map(|line| line_coordinates(line))),
        ),
    }
}

/// One polygon, several, or an empty collection.
pub(super) fn polygons_json(polygons: &[Polygon]) -> Vec<u8> {
    match polygons {
        [] => empty_json(),
        [polygon] => typed("Polygon", polygon_coordinates(polygon)),
        polygons => typed(
            "MultiPolygon",
            DynamicBuilder::array(polygons.iter().map(polygon_coordinates)),
        ),
    }
}

/// A polygon of one ring, given as its corners in order.
pub(super) fn ring_json(corners: &[Place]) -> Vec<u8> {
    let pair = |place: &Place| DynamicBuilder::array([place.longitude, place.latitude].map(DynamicBuilder::real));
    let ring = DynamicBuilder::array(corners.iter().chain(corners.first()).map(pair));
    typed("Polygon", DynamicBuilder::array([ring]))
}

/// A point as its place stands, without the way over the sphere.
pub(super) fn place_json(place: Place) -> Vec<u8> {
    typed(
        "Point",
        DynamicBuilder::array([place.longitude, place.latitude].map(DynamicBuilder::real)),
    )
}

/// Several geometries as a collection.
pub(super) fn collection_json(geometries: Vec<Vec<u8>>) -> Vec<u8> {
    DynamicBuilder::bag([
        ("type", DynamicBuilder::string("GeometryCollection")),
        ("geometries", DynamicBuilder::array(geometries)),
    ])
}

fn empty_json() -> Vec<u8> {
    collection_json(Vec::new())
}

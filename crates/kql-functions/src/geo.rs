//! Places on the earth: points, lines and polygons on a sphere, and the cells of geohash, S2 and H3.

pub(crate) mod bearing;
pub(crate) mod buffer;
pub(crate) mod common_json;
pub(crate) mod densify;
mod geo_angle;
mod geo_azimuth;
mod geo_closest_point_on_line;
mod geo_closest_point_on_polygon;
mod geo_distance_2points;
mod geo_distance_point_to_line;
mod geo_distance_point_to_polygon;
mod geo_from_wkt;
mod geo_geohash_neighbors;
mod geo_geohash_to_central_point;
mod geo_geohash_to_polygon;
mod geo_h3cell_children;
mod geo_h3cell_level;
mod geo_h3cell_neighbors;
mod geo_h3cell_parent;
mod geo_h3cell_rings;
mod geo_h3cell_to_central_point;
mod geo_h3cell_to_polygon;
mod geo_intersection_2lines;
mod geo_intersection_2polygons;
mod geo_intersection_line_with_polygon;
mod geo_intersects_2lines;
mod geo_intersects_2polygons;
mod geo_intersects_line_with_polygon;
mod geo_line_buffer;
mod geo_line_centroid;
mod geo_line_densify;
mod geo_line_interpolate_point;
mod geo_line_length;
mod geo_line_locate_point;
mod geo_line_simplify;
mod geo_line_to_s2cells;
mod geo_point_buffer;
mod geo_point_in_circle;
mod geo_point_in_polygon;
mod geo_point_to_geohash;
mod geo_point_to_h3cell;
mod geo_point_to_s2cell;
mod geo_polygon_area;
mod geo_polygon_buffer;
mod geo_polygon_centroid;
mod geo_polygon_densify;
mod geo_polygon_perimeter;
mod geo_polygon_simplify;
mod geo_polygon_to_h3cells;
mod geo_polygon_to_s2cells;
mod geo_s2cell_neighbors;
mod geo_s2cell_to_central_point;
mod geo_s2cell_to_polygon;
mod geo_simplify_polygons_array;
mod geo_union_lines_array;
mod geo_union_polygons_array;
pub(crate) mod geohash;
pub(crate) mod geometry;
pub(crate) mod given;
pub(crate) mod h3;
pub(crate) mod overlay;
pub(crate) mod polygon;
pub(crate) mod s2cell;
pub(crate) mod simplify;
pub(crate) mod sphere;
pub(crate) mod wkt;

use crate::function::Function;

/// All of them, by name.
pub(super) static FUNCTIONS: &[&Function] = &[
    &geo_angle::FUNCTION,
    &geo_azimuth::FUNCTION,
    &geo_closest_point_on_line::FUNCTION,
    &geo_closest_point_on_polygon::FUNCTION,
    &geo_distance_2points::FUNCTION,
    &geo_distance_point_to_line::FUNCTION,
    &geo_distance_point_to_polygon::FUNCTION,
    &geo_from_wkt::FUNCTION,
    &geo_geohash_neighbors::FUNCTION,
    &geo_geohash_to_central_point::FUNCTION,
    &geo_geohash_to_polygon::FUNCTION,
    &geo_h3cell_children::FUNCTION,
    &geo_h3cell_level::FUNCTION,
    &geo_h3cell_neighbors::FUNCTION,
    &geo_h3cell_parent::FUNCTION,
    &geo_h3cell_rings::FUNCTION,
    &geo_h3cell_to_central_point::FUNCTION,
    &geo_h3cell_to_polygon::FUNCTION,
    &geo_intersection_2lines::FUNCTION,
    &geo_intersection_2polygons::FUNCTION,
    &geo_intersection_line_with_polygon::FUNCTION,
    &geo_intersects_2lines::FUNCTION,
    &geo_intersects_2polygons::FUNCTION,
    &geo_intersects_line_with_polygon::FUNCTION,
    &geo_line_buffer::FUNCTION,
    &geo_line_centroid::FUNCTION,
    &geo_line_densify::FUNCTION,
    &geo_line_interpolate_point::FUNCTION,
    &geo_line_length::FUNCTION,
    &geo_line_locate_point::FUNCTION,
    &geo_line_simplify::FUNCTION,
    &geo_line_to_s2cells::FUNCTION,
    &geo_point_buffer::FUNCTION,
    &geo_point_in_circle::FUNCTION,
    &geo_point_in_polygon::FUNCTION,
    &geo_point_to_geohash::FUNCTION,
    &geo_point_to_h3cell::FUNCTION,
    &geo_point_to_s2cell::FUNCTION,
    &geo_polygon_area::FUNCTION,
    &geo_polygon_buffer::FUNCTION,
    &geo_polygon_centroid::FUNCTION,
    &geo_polygon_densify::FUNCTION,
    &geo_polygon_perimeter::FUNCTION,
    &geo_polygon_simplify::FUNCTION,
    &geo_polygon_to_h3cells::FUNCTION,
    &geo_polygon_to_s2cells::FUNCTION,
    &geo_s2cell_neighbors::FUNCTION,
    &geo_s2cell_to_central_point::FUNCTION,
    &geo_s2cell_to_polygon::FUNCTION,
    &geo_simplify_polygons_array::FUNCTION,
    &geo_union_lines_array::FUNCTION,
    &geo_union_polygons_array::FUNCTION,
];

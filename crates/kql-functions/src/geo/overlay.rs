//! Polygons and lines laid over one another: their edges are cut where they meet, and each piece is kept or left out as its
//! middle lies.

use std::collections::HashMap;

use super::polygon::{Polygon, signed_area};
use super::sphere::{Edge, Vector};

/// What becomes of two layers.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kept {
    Union,
    Intersection,
}

/// What two geometries have in common.
#[derive(Debug, Default)]
pub(super) struct Common {
    pub(super) polygons: Vec<Polygon>,
    pub(super) lines: Vec<Vec<Vector>>,
    pub(super) points: Vec<Vector>,
}

/// The area that at least one of several polygons covers.
pub(super) fn union(polygons: Vec<Polygon>) -> Vec<Polygon> {
    let mut all: Vec<Polygon> = Vec::new();
    for polygon in polygons {
        all = if all.is_empty() {
            vec![polygon]
        } else {
            combined(&all, &[polygon], Kept::Union).polygons
        };
    }
    all
}

/// The area of several polygons, laid over one another where there is more than one.
pub(super) fn covered(polygons: &[Polygon]) -> Vec<Polygon> {
    union(polygons.to_vec())
}

/// What two areas have in common: areas, borders along which they only touch, and points.
pub(super) fn intersection(left: &[Polygon], right: &[Polygon]) -> Common {
    let mut common = combined(left, right, Kept::Intersection);
    common.points = touching(&areas(left), &areas(right), &common);
    common
}

/// The parts of lines that lie in an area, and the points where they only touch it.
pub(super) fn clipped(lines: &[Vec<Vector>], area: &[Polygon]) -> Common {
    let edges: Vec<Edge> = lines.iter().flat_map(|line| super::geometry::edges(line)).collect();
    let borders = areas(area);
    let mut points = Points::default();
    let inside = pieces(&edges, &borders, &mut points)
        .into_iter()
        .filter(|piece| area.iter().any(|polygon| polygon.contains(piece.part(0.5))));
    let mut common = Common {
        lines: chained(inside.collect(), &mut points),
        ..Common::default()
    };
    common.points = touching(&edges, &borders, &common);
    common
}

/// The points and the parts that lines have in common.
pub(super) fn shared(left: &[Vec<Vector>], right: &[Vec<Vector>]) -> Common {
    let edges =
        |lines: &[Vec<Vector>]| -> Vec<Edge> { lines.iter().flat_map(|line| super::geometry::edges(line)).collect() };
    let (left, right) = (edges(left), edges(right));
    let mut points = Points::default();
    let along = pieces(&left, &right, &mut points)
        .into_iter()
        .filter(|piece| right.iter().any(|other| other.holds(piece.part(0.5))));
    let mut common = Common {
        lines: chained(along.collect(), &mut points),
        ..Common::default()
    };
    common.points = touching(&left, &right, &common);
    common
}

/// All parts of lines once each, joined where exactly two meet.
pub(super) fn joined(lines: &[Vec<Vector>]) -> Vec<Vec<Vector>> {
    let edges: Vec<Edge> = lines.iter().flat_map(|line| super::geometry::edges(line)).collect();
    let mut points = Points::default();
    let mut once: HashMap<(usize, usize), usize> = HashMap::new();
    let mut kept = Vec::new();
    for piece in pieces(&edges, &edges, &mut points) {
        let ends = (points.number(piece.from), points.number(piece.to));
        let key = (ends.0.min(ends.1), ends.0.max(ends.1));
        once.entry(key).or_insert_with(|| {
            kept.push(piece);
            kept.len()
        });
    }
    chained(kept, &mut points)
}

fn areas(polygons: &[Polygon]) -> Vec<Edge> {
    polygons.iter().flat_map(Polygon::edges).collect()
}

/// Points that are one get one number.
#[derive(Default)]
struct Points {
    all: Vec<Vector>,
    cells: HashMap<(i64, i64, i64), Vec<usize>>,
}

/// The side of the cells in which points are looked up; larger than what counts as the same point.
const CELL: f64 = 1e-9;

impl Points {
    fn number(&mut self, point: Vector) -> usize {
        #[expect(clippy::cast_possible_truncation, reason = "coordinates are at most 1")]
        let cell = |value: f64| (value / CELL).floor() as i64;
        let (x, y, z) = (cell(point.x), cell(point.y), cell(point.z));
        for near in neighbours(x, y, z) {
            let known = self.cells.get(&near).into_iter().flatten();
            let mut same = known.filter(|known| self.all.get(**known).is_some_and(|known| known.same(point)));
            if let Some(known) = same.next() {
                return *known;
            }
        }
        self.all.push(point);
        let number = self.all.len() - 1;
        self.cells.entry((x, y, z)).or_default().push(number);
        number
    }

    /// The one point of all that are the same.
    fn snapped(&mut self, point: Vector) -> Vector {
        let number = self.number(point);
        self.all.get(number).copied().unwrap_or(point)
    }
}

fn neighbours(x: i64, y: i64, z: i64) -> impl Iterator<Item = (i64, i64, i64)> {
    let step = -1..=1i64;
    step.clone().flat_map(move |dx| {
        let step = step.clone();
        step.clone()
            .flat_map(move |dy| step.clone().map(move |dz| (x + dx, y + dy, z + dz)))
    })
}

/// The edges of one layer, cut where those of another one meet them.
fn pieces(edges: &[Edge], others: &[Edge], points: &mut Points) -> Vec<Edge> {
    let mut all = Vec::new();
    for edge in edges {
        let ends = others.iter().flat_map(|other| [other.from, other.to]);
        let mut cuts: Vec<Vector> = ends.filter(|end| edge.holds(*end)).collect();
        cuts.extend(others.iter().filter_map(|other| edge.crossing(*other)));
        cuts.extend([edge.from, edge.to]);
        let mut cuts: Vec<Vector> = cuts.into_iter().map(|cut| points.snapped(cut)).collect();
        cuts.sort_by(|left, right| edge.from.angle(*left).total_cmp(&edge.from.angle(*right)));
        cuts.dedup();
        let next = cuts.iter().skip(1);
        all.extend(cuts.iter().zip(next).map(|(from, to)| Edge::new(*from, *to)));
    }
    all
}

/// How a piece of one border lies to another layer.
enum Side {
    Inside,
    Outside,
    Along,
    Against,
}

fn side(piece: Edge, layer: &[Polygon], borders: &[Edge]) -> Side {
    let middle = piece.part(0.5);
    if let Some(border) = borders.iter().find(|border| border.holds(middle)) {
        let way = (piece.to - piece.from).dot(border.to - border.from);
        return if way > 0.0 { Side::Along } else { Side::Against };
    }
    if layer.iter().any(|polygon| polygon.encloses(middle)) {
        Side::Inside
    } else {
        Side::Outside
    }
}

fn combined(left: &[Polygon], right: &[Polygon], kept: Kept) -> Common {
    let (left_edges, right_edges) = (areas(left), areas(right));
    let mut points = Points::default();
    let mut borders = Vec::new();
    let mut against = Vec::new();
    for piece in pieces(&left_edges, &right_edges, &mut points) {
        match (side(piece, right, &right_edges), kept) {
            (Side::Outside, Kept::Union) | (Side::Inside, Kept::Intersection) | (Side::Along, _) => borders.push(piece),
            (Side::Against, Kept::Intersection) => against.push(piece),
            _ => {}
        }
    }
    for piece in pieces(&right_edges, &left_edges, &mut points) {
        match (side(piece, left, &left_edges), kept) {
            (Side::Outside, Kept::Union) | (Side::Inside, Kept::Intersection) => borders.push(piece),
            _ => {}
        }
    }
    Common {
        polygons: assembled(rings(borders, &mut points)),
        lines: chained(against, &mut points),
        points: Vec::new(),
    }
}

/// The points where edges meet, without those that lie on what is in common already.
fn touching(left: &[Edge], right: &[Edge], common: &Common) -> Vec<Vector> {
    let meetings = left
        .iter()
        .flat_map(|edge| right.iter().filter_map(|other| edge.crossing(*other)));
    let mut found: Vec<Vector> = Vec::new();
    for point in meetings {
        let known = found.iter().any(|other| other.same(point))
            || common.polygons.iter().any(|polygon| polygon.contains(point))
            || common
                .lines
                .iter()
                .flat_map(|line| super::geometry::edges(line))
                .any(|edge| edge.holds(point));
        if !known {
            found.push(point);
        }
    }
    found
}

/// Directed edges as rings. Where several begin at one point, the one furthest to the left comes next, so that rings only touch.
fn rings(edges: Vec<Edge>, points: &mut Points) -> Vec<Vec<Vector>> {
    let mut outgoing: HashMap<usize, Vec<Edge>> = HashMap::new();
    let starts: Vec<Edge> = edges.clone();
    for edge in edges {
        outgoing.entry(points.number(edge.from)).or_default().push(edge);
    }
    let mut rings = Vec::new();
    for start in starts {
        let mut ring = Vec::new();
        let mut edge = start;
        while take(&mut outgoing, points.number(edge.from), edge) {
            ring.push(edge.from);
            let Some(next) = leftmost(edge, outgoing.get(&points.number(edge.to))) else {
                break;
            };
            edge = next;
        }
        if ring.len() >= 3 {
            rings.push(ring);
        }
    }
    rings
}

/// Takes an edge out of those that begin at a point; whether it was there.
fn take(outgoing: &mut HashMap<usize, Vec<Edge>>, from: usize, edge: Edge) -> bool {
    let Some(edges) = outgoing.get_mut(&from) else {
        return false;
    };
    let place = edges.iter().position(|other| *other == edge);
    place.map(|place| edges.swap_remove(place)).is_some()
}

fn leftmost(edge: Edge, next: Option<&Vec<Edge>>) -> Option<Edge> {
    let point = edge.to;
    let ahead = edge.to - edge.from;
    let turn = |next: &Edge| {
        let direction = next.to - next.from;
        point.dot(ahead.cross(direction)).atan2(ahead.dot(direction))
    };
    next?
        .iter()
        .copied()
        .max_by(|left, right| turn(left).total_cmp(&turn(right)))
}

/// Rings as polygons: those that run counter-clockwise are borders, the others are holes of the border around them.
fn assembled(rings: Vec<Vec<Vector>>) -> Vec<Polygon> {
    let (outer, holes): (Vec<_>, Vec<_>) = rings.into_iter().partition(|ring| signed_area(ring) > 0.0);
    let mut polygons: Vec<(Polygon, Vec<Vec<Vector>>)> = outer
        .into_iter()
        .map(|ring| (Polygon::of_rings(vec![ring.clone()]), vec![ring]))
        .collect();
    for hole in holes {
        let inside = |border: &Polygon| hole.iter().all(|corner| border.contains(*corner));
        if let Some((_, rings)) = polygons.iter_mut().find(|(border, _)| inside(border)) {
            rings.push(hole);
        }
    }
    polygons
        .into_iter()
        .map(|(_, rings)| Polygon::of_rings(rings))
        .collect()
}

/// Edges joined to lines where exactly two of them meet.
fn chained(edges: Vec<Edge>, points: &mut Points) -> Vec<Vec<Vector>> {
    let mut meeting: HashMap<usize, usize> = HashMap::new();
    for edge in &edges {
        for end in [edge.from, edge.to] {
            *meeting.entry(points.number(end)).or_default() += 1;
        }
    }
    let mut left: Vec<Edge> = edges;
    left.reverse();
    let mut lines = Vec::new();
    while let Some(edge) = left.pop() {
        let mut line = vec![edge.from, edge.to];
        while grow(&mut line, &mut left, &meeting, points) {}
        line.reverse();
        while grow(&mut line, &mut left, &meeting, points) {}
        line.reverse();
        lines.push(line);
    }
    lines
}

/// Puts the one edge that goes on from the end of a line behind it.
fn grow(line: &mut Vec<Vector>, left: &mut Vec<Edge>, meeting: &HashMap<usize, usize>, points: &mut Points) -> bool {
    let Some(end) = line.last().copied() else {
        return false;
    };
    if meeting.get(&points.number(end)) != Some(&2) {
        return false;
    }
    let Some(place) = left.iter().position(|edge| edge.from.same(end) || edge.to.same(end)) else {
        return false;
    };
    let edge = left.swap_remove(place);
    line.push(if edge.from.same(end) { edge.to } else { edge.from });
    true
}

#[cfg(test)]
mod tests {
    use super::super::sphere::Place;
    use super::*;

    fn square(west: f64, south: f64, east: f64, north: f64) -> Polygon {
        let corners = [
            (west, south),
            (east, south),
            (east, north),
            (west, north),
            (west, south),
        ];
        let ring = corners.map(|(longitude, latitude)| Place::new(longitude, latitude).unwrap().vector());
        Polygon::new(vec![ring.to_vec()]).unwrap()
    }

    #[test]
    fn areas_add_up() {
        let (left, right) = (square(0.0, 0.0, 2.0, 2.0), square(1.0, 1.0, 3.0, 3.0));
        let area = |polygons: &[Polygon]| polygons.iter().map(Polygon::area_square_meters).sum::<f64>();
        let both = area(&union(vec![left.clone(), right.clone()]));
        let common = area(&intersection(std::slice::from_ref(&left), std::slice::from_ref(&right)).polygons);
        let each = left.area_square_meters() + right.area_square_meters();
        assert!(((both + common) / each - 1.0).abs() < 1e-9, "{both} {common} {each}");
        assert!(common > 0.0);
    }

    #[test]
    fn neighbours_become_one_and_a_frame_keeps_its_hole() {
        let joined = union(vec![square(0.0, 0.0, 1.0, 1.0), square(1.0, 0.0, 2.0, 1.0)]);
        assert_eq!(joined.len(), 1);
        assert_eq!(joined[0].rings().len(), 1);
        let frame = union(vec![
            square(0.0, 0.0, 3.0, 1.0),
            square(0.0, 2.0, 3.0, 3.0),
            square(0.0, 0.0, 1.0, 3.0),
            square(2.0, 0.0, 3.0, 3.0),
        ]);
        assert_eq!(frame.len(), 1);
        assert_eq!(frame[0].rings().len(), 2);
    }

    #[test]
    fn areas_that_touch_have_a_point_or_a_line_in_common() {
        let point = intersection(&[square(0.0, 0.0, 1.0, 1.0)], &[square(1.0, 1.0, 2.0, 2.0)]);
        assert_eq!((point.polygons.len(), point.lines.len(), point.points.len()), (0, 0, 1));
        let line = intersection(&[square(0.0, 0.0, 1.0, 1.0)], &[square(1.0, 0.0, 2.0, 1.0)]);
        assert_eq!((line.polygons.len(), line.lines.len(), line.points.len()), (0, 1, 0));
    }
}

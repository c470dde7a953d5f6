//! Cells of the S2 library: the six faces of a cube, each halved both ways up to thirty times, numbered along a Hilbert curve.
//! See <https://s2geometry.io/devguide/s2cell_hierarchy>.

use super::polygon::Polygon;
use super::sphere::{Edge, Vector};

/// The finest level.
pub(super) const FINEST: u32 = 30;
/// The level where none is asked for.
pub(super) const USUAL: i64 = 11;
/// The most cells that cover a polygon or a line; the real engine has the same bound.
const MOST_CELLS: usize = 65_536;

const SWAP: usize = 1;
const INVERT: usize = 2;
/// Which quarter comes at a position of the curve, as twice the column plus the row, for each orientation of the curve.
const QUARTERS: [[u32; 4]; 4] = [[0, 1, 3, 2], [0, 2, 3, 1], [3, 2, 0, 1], [3, 1, 0, 2]];
/// How the orientation changes at a position.
const TURNS: [usize; 4] = [SWAP, 0, 0, INVERT | SWAP];

/// A cell: its face, and its column and row among the cells of its level.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Cell {
    face: u8,
    column: u32,
    row: u32,
    level: u32,
}

impl Cell {
    /// The cell of a level in which a point lies.
    pub(super) fn of(point: Vector, level: u32) -> Self {
        let (face, u, v) = face_of(point);
        let count = count_at(level);
        let index = |coordinate: f64| index_of(part_of(coordinate), count);
        Self {
            face,
            column: index(u),
            row: index(v),
            level,
        }
    }

    /// Reads a token: the number in hexadecimal digits without the zeros at its end.
    pub(super) fn parse(token: &str) -> Option<Self> {
        if token.is_empty() || token.len() > 16 || !token.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        let number = u64::from_str_radix(token, 16).ok()? << (4 * (16 - token.len()));
        let zeros = number.trailing_zeros();
        let face = u8::try_from(number >> 61).ok().filter(|face| *face < 6)?;
        if zeros % 2 == 1 || zeros > 2 * FINEST {
            return None;
        }
        let level = FINEST - zeros / 2;
        let (mut column, mut row) = (0u32, 0u32);
        let mut orientation = usize::from(face) & SWAP;
        for step in 0..level {
            let position = usize::try_from((number >> (59 - 2 * step)) & 3).ok()?;
            let quarter = *QUARTERS.get(orientation)?.get(position)?;
            column = column * 2 + (quarter >> 1);
            row = row * 2 + (quarter & 1);
            orientation ^= TURNS.get(position)?;
        }
        Some(Self {
            face,
            column,
            row,
            level,
        })
    }

    fn number(self) -> u64 {
        let mut number = u64::from(self.face);
        let mut orientation = usize::from(self.face) & SWAP;
        for step in (0..self.level).rev() {
            let quarter = ((self.column >> step) & 1) * 2 + ((self.row >> step) & 1);
            let curve = QUARTERS.get(orientation).into_iter().flatten();
            let position = curve.into_iter().position(|other| *other == quarter).unwrap_or(0);
            number = number * 4 + position as u64;
            orientation ^= TURNS.get(position).copied().unwrap_or(0);
        }
        (number * 2 + 1) << (2 * (FINEST - self.level))
    }

    pub(super) fn token(self) -> String {
        format!("{:016x}", self.number()).trim_end_matches('0').to_owned()
    }

    /// The corners, counter-clockwise.
    pub(super) fn corners(self) -> [Vector; 4] {
        let corner = |east: u32, north: u32| self.at(f64::from(self.column + east), f64::from(self.row + north));
        [corner(0, 0), corner(1, 0), corner(1, 1), corner(0, 1)]
    }

    pub(super) fn center(self) -> Vector {
        self.at(f64::from(self.column) + 0.5, f64::from(self.row) + 0.5)
    }

    fn at(self, column: f64, row: f64) -> Vector {
        let count = f64::from(count_at(self.level));
        on_face(self.face, coordinate_of(column / count), coordinate_of(row / count)).unit()
    }

    /// The cells of the same level around, in the order of the documentation; seven at a corner of the cube.
    pub(super) fn neighbours(self) -> Vec<Self> {
        const AROUND: [(i64, i64); 8] = [(1, 1), (-1, -1), (1, -1), (0, -1), (0, 1), (1, 0), (-1, 0), (-1, 1)];
        let mut around: Vec<Self> = Vec::new();
        for (east, north) in AROUND {
            let cell = self.stepped(east, north);
            if cell != self && !around.contains(&cell) {
                around.push(cell);
            }
        }
        around
    }

    /// The cell a step further, also on another face: the plane of the face goes on over its edge.
    fn stepped(self, east: i64, north: i64) -> Self {
        let count = i64::from(count_at(self.level));
        let (column, row) = (i64::from(self.column) + east, i64::from(self.row) + north);
        let inside = |index: i64| (0..count).contains(&index);
        if let (true, true, Ok(column), Ok(row)) = (inside(column), inside(row), column.try_into(), row.try_into()) {
            return Self { column, row, ..self };
        }
        let linear =
            |index: i64| ((2 * index + 1) as f64 / count as f64 - 1.0).clamp(-1.0 - f64::EPSILON, 1.0 + f64::EPSILON);
        let (face, u, v) = face_of(on_face(self.face, linear(column), linear(row)));
        let index = |coordinate: f64| index_of((coordinate + 1.0) / 2.0, count_at(self.level));
        Self {
            face,
            column: index(u),
            row: index(v),
            ..self
        }
    }

    fn children(self) -> impl Iterator<Item = Self> {
        (0..4).map(move |quarter| Self {
            column: self.column * 2 + (quarter >> 1),
            row: self.row * 2 + (quarter & 1),
            level: self.level + 1,
            ..self
        })
    }

    fn area(self) -> Polygon {
        Polygon::of_rings(vec![self.corners().to_vec()])
    }
}

/// The cells of a level that touch what a test says, in the order of their numbers; none where they are too many.
fn covering(level: u32, touches: impl Fn(Cell) -> bool) -> Option<Vec<Cell>> {
    let mut cells: Vec<Cell> = (0..6)
        .map(|face| Cell {
            face,
            column: 0,
            row: 0,
            level: 0,
        })
        .filter(|cell| touches(*cell))
        .collect();
    for _ in 0..level {
        cells = cells
            .into_iter()
            .flat_map(Cell::children)
            .filter(|cell| touches(*cell))
            .collect();
        if cells.len() > MOST_CELLS {
            return None;
        }
    }
    cells.sort_by_key(|cell| cell.number());
    Some(cells)
}

/// The cells that have something in common with polygons, or come nearer than an angle.
pub(super) fn covering_polygons(polygons: &[Polygon], level: u32, radius: f64) -> Option<Vec<Cell>> {
    let borders: Vec<Edge> = polygons.iter().flat_map(Polygon::edges).collect();
    covering(level, |cell| {
        let corners = cell.corners();
        polygons
            .iter()
            .any(|polygon| corners.iter().any(|corner| polygon.contains(*corner)))
            || touches_edges(cell, &borders, radius)
    })
}

/// The cells that have something in common with edges, or come nearer than an angle.
pub(super) fn covering_edges(edges: &[Edge], level: u32, radius: f64) -> Option<Vec<Cell>> {
    covering(level, |cell| touches_edges(cell, edges, radius))
}

fn touches_edges(cell: Cell, edges: &[Edge], radius: f64) -> bool {
    let area = cell.area();
    edges.iter().any(|edge| {
        area.contains(edge.from)
            || area.edges().any(|side| side.crossing(*edge).is_some())
            || (radius > 0.0 && near(&area, *edge, radius))
    })
}

fn near(area: &Polygon, edge: Edge, radius: f64) -> bool {
    let ends = [edge.from, edge.to];
    area.edges().any(|side| {
        ends.iter().any(|end| side.closest(*end).angle(*end) <= radius)
            || edge.closest(side.from).angle(side.from) <= radius
    })
}

fn count_at(level: u32) -> u32 {
    1 << level
}

/// The face of the cube that a direction goes through, and where.
fn face_of(point: Vector) -> (u8, f64, f64) {
    let Vector { x, y, z } = point;
    let (along_x, along_y, along_z) = (x.abs(), y.abs(), z.abs());
    if along_x >= along_y && along_x >= along_z {
        if x >= 0.0 { (0, y / x, z / x) } else { (3, z / x, y / x) }
    } else if along_y >= along_z {
        if y >= 0.0 {
            (1, -x / y, z / y)
        } else {
            (4, z / y, -x / y)
        }
    } else if z >= 0.0 {
        (2, -x / z, -y / z)
    } else {
        (5, -y / z, -x / z)
    }
}

fn on_face(face: u8, u: f64, v: f64) -> Vector {
    let (x, y, z) = match face {
        0 => (1.0, u, v),
        1 => (-u, 1.0, v),
        2 => (-u, -v, 1.0),
        3 => (-1.0, -v, -u),
        4 => (v, -1.0, -u),
        _ => (v, u, -1.0),
    };
    Vector { x, y, z }
}

/// A coordinate of a face, -1 to 1, as the part of the face that lies before it: the quadratic projection of S2.
fn part_of(coordinate: f64) -> f64 {
    if coordinate >= 0.0 {
        0.5 * (1.0 + 3.0 * coordinate).sqrt()
    } else {
        1.0 - 0.5 * (1.0 - 3.0 * coordinate).sqrt()
    }
}

fn coordinate_of(part: f64) -> f64 {
    if part >= 0.5 {
        (4.0 * part * part - 1.0) / 3.0
    } else {
        (1.0 - 4.0 * (1.0 - part) * (1.0 - part)) / 3.0
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "held between zero and the count of cells"
)]
fn index_of(part: f64, count: u32) -> u32 {
    (part * f64::from(count)).floor().clamp(0.0, f64::from(count - 1)) as u32
}

#[cfg(test)]
mod tests {
    use super::super::sphere::Place;
    use super::*;

    #[test]
    fn tokens_read_back_at_every_level_and_face() {
        for (longitude, latitude) in [
            (1.0, 1.0),
            (91.0, 3.0),
            (10.0, 80.0),
            (179.0, -3.0),
            (-91.0, 3.0),
            (5.0, -85.0),
        ] {
            let point = Place::new(longitude, latitude).unwrap().vector();
            for level in 0..=FINEST {
                let cell = Cell::of(point, level);
                assert_eq!(Cell::parse(&cell.token()), Some(cell), "{}", cell.token());
                assert_eq!(Cell::of(cell.center(), level), cell);
            }
        }
    }

    #[test]
    fn neighbours_have_each_other() {
        let point = Place::new(45.0, 1.0).unwrap().vector();
        for level in [3, 10, 20] {
            let cell = Cell::of(point, level);
            for other in cell.neighbours() {
                assert!(other.neighbours().contains(&cell), "{} {}", cell.token(), other.token());
            }
        }
    }
}

//! Geohashes: longitude and latitude halved in turn, five bits a letter.

use super::sphere::Place;

const LETTERS: &[u8; 32] = b"0123456789bcdefghjkmnpqrstuvwxyz";
/// The longest geohash that the real engine makes.
pub(super) const LONGEST: i64 = 18;
/// The letters where none are asked for.
pub(super) const USUAL: i64 = 5;
const BITS_A_LETTER: usize = 5;

/// A rectangle of longitudes and latitudes, counted from the south-west corner of the map.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Geohash {
    column: i64,
    row: i64,
    letters: usize,
}

impl Geohash {
    /// The cell of a place with so many letters.
    pub(super) fn of(place: Place, letters: usize) -> Self {
        let (columns, rows) = counts(letters);
        #[expect(
            clippy::cast_possible_truncation,
            reason = "a part of the map times a count of cells"
        )]
        let index = |part: f64, count: i64| ((part * count as f64).floor() as i64).clamp(0, count - 1);
        Self {
            column: index((place.longitude + 180.0) / 360.0, columns),
            row: index((place.latitude + 90.0) / 180.0, rows),
            letters,
        }
    }

    pub(super) fn parse(text: &str) -> Option<Self> {
        let letters = text.len();
        if letters == 0 || i64::try_from(letters).ok()? > LONGEST {
            return None;
        }
        let (mut column, mut row) = (0i64, 0i64);
        let mut even = true;
        for byte in text.bytes() {
            let value = LETTERS.iter().position(|letter| *letter == byte.to_ascii_lowercase())?;
            for shift in (0..BITS_A_LETTER).rev() {
                let bit = i64::from((value >> shift) & 1 == 1);
                let half = if even { &mut column } else { &mut row };
                *half = *half * 2 + bit;
                even = !even;
            }
        }
        Some(Self { column, row, letters })
    }

    pub(super) fn text(self) -> String {
        let bits = self.letters * BITS_A_LETTER;
        let (mut column_bits, mut row_bits) = (bits.div_ceil(2), bits / 2);
        let mut even = true;
        let mut letters = String::with_capacity(self.letters);
        for _ in 0..self.letters {
            let mut value = 0usize;
            for _ in 0..BITS_A_LETTER {
                let (number, left) = if even {
                    (self.column, &mut column_bits)
                } else {
                    (self.row, &mut row_bits)
                };
                *left = left.saturating_sub(1);
                value = value * 2 + usize::from((number >> *left) & 1 == 1);
                even = !even;
            }
            letters.extend(LETTERS.get(value).map(|letter| char::from(*letter)));
        }
        letters
    }

    /// The corners, from the south-west one on counter-clockwise.
    pub(super) fn corners(self) -> [Place; 4] {
        let corner = |east: i64, north: i64| self.place((self.column + east) as f64, (self.row + north) as f64);
        [corner(0, 0), corner(1, 0), corner(1, 1), corner(0, 1)]
    }

    pub(super) fn center(self) -> Place {
        self.place(self.column as f64 + 0.5, self.row as f64 + 0.5)
    }

    fn place(self, column: f64, row: f64) -> Place {
        let (columns, rows) = counts(self.letters);
        Place {
            longitude: column / columns as f64 * 360.0 - 180.0,
            latitude: row / rows as f64 * 180.0 - 90.0,
        }
    }

    /// The cells around, in the order of the documentation; over the 180th meridian, but not over a pole.
    pub(super) fn neighbours(self) -> impl Iterator<Item = Self> {
        const AROUND: [(i64, i64); 8] = [(-1, -1), (-1, 1), (1, -1), (0, 1), (-1, 0), (1, 1), (1, 0), (0, -1)];
        let (columns, rows) = counts(self.letters);
        AROUND.into_iter().filter_map(move |(east, north)| {
            let row = self.row + north;
            let column = (self.column + east).rem_euclid(columns);
            (0..rows).contains(&row).then_some(Self { column, row, ..self })
        })
    }
}

/// How many columns and rows of cells the map has.
fn counts(letters: usize) -> (i64, i64) {
    let bits = letters * BITS_A_LETTER;
    (1 << bits.div_ceil(2), 1 << (bits / 2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_length_reads_back() {
        let place = Place::new(139.806_115, 35.554_128).unwrap();
        for letters in 1..=18 {
            let cell = Geohash::of(place, letters);
            assert_eq!(Geohash::parse(&cell.text()), Some(cell), "{}", cell.text());
        }
    }
}

//! Geometries as well-known text: `POINT (1 2)`, `POLYGON ((…), (…))`, `GEOMETRYCOLLECTION (…)`.

use crate::prelude::*;

/// Collections hold collections at most so deep.
const DEEPEST: usize = 16;

/// The text as GeoJSON; none where it is no geometry.
pub(super) fn geojson(text: &str) -> Option<Vec<u8>> {
    let mut reader = Reader { rest: text };
    let geometry = reader.geometry(DEEPEST)?;
    reader.rest.trim().is_empty().then_some(geometry)
}

struct Reader<'t> {
    rest: &'t str,
}

impl Reader<'_> {
    fn geometry(&mut self, depth: usize) -> Option<Vec<u8>> {
        let depth = depth.checked_sub(1)?;
        let (kind, nesting) = match self.word()?.to_ascii_uppercase().as_str() {
            "POINT" => ("Point", 0),
            "MULTIPOINT" => ("MultiPoint", 1),
            "LINESTRING" => ("LineString", 1),
            "MULTILINESTRING" => ("MultiLineString", 2),
            "POLYGON" => ("Polygon", 2),
            "MULTIPOLYGON" => ("MultiPolygon", 3),
            "GEOMETRYCOLLECTION" => return self.collection(depth),
            _ => return None,
        };
        let coordinates = match nesting {
            0 => {
                self.sign('(')?;
                let place = self.place()?;
                self.sign(')')?;
                place
            }
            levels => self.list(levels)?,
        };
        Some(DynamicBuilder::bag([
            ("type", DynamicBuilder::string(kind)),
            ("coordinates", coordinates),
        ]))
    }

    fn collection(&mut self, depth: usize) -> Option<Vec<u8>> {
        self.sign('(')?;
        let mut geometries = vec![self.geometry(depth)?];
        while self.sign(',').is_some() {
            geometries.push(self.geometry(depth)?);
        }
        self.sign(')')?;
        Some(super::geometry::collection_json(geometries))
    }

    /// A list of places, or of lists of them.
    fn list(&mut self, levels: usize) -> Option<Vec<u8>> {
        self.sign('(')?;
        let mut items = vec![self.item(levels)?];
        while self.sign(',').is_some() {
            items.push(self.item(levels)?);
        }
        self.sign(')')?;
        Some(DynamicBuilder::array(items))
    }

    fn item(&mut self, levels: usize) -> Option<Vec<u8>> {
        if levels > 1 {
            return self.list(levels - 1);
        }
        // The places of a MULTIPOINT may stand in brackets of their own.
        let bracketed = self.sign('(').is_some();
        let place = self.place()?;
        if bracketed {
            self.sign(')')?;
        }
        Some(place)
    }

    fn place(&mut self) -> Option<Vec<u8>> {
        let (longitude, latitude) = (self.number()?, self.number()?);
        Some(DynamicBuilder::array([longitude, latitude]))
    }

    /// A number; whole ones stay whole.
    fn number(&mut self) -> Option<Vec<u8>> {
        let text = self.rest.trim_start();
        let end = text
            .find(|sign: char| !(sign.is_ascii_digit() || matches!(sign, '.' | '-' | '+' | 'e' | 'E')))
            .unwrap_or(text.len());
        let (number, rest) = text.split_at_checked(end)?;
        self.rest = rest;
        match number.parse::<i64>() {
            Ok(whole) => Some(DynamicBuilder::long(whole)),
            Err(_) => number.parse().ok().map(DynamicBuilder::real),
        }
    }

    fn word(&mut self) -> Option<&str> {
        let text = self.rest.trim_start();
        let end = text
            .find(|sign: char| !sign.is_ascii_alphabetic())
            .unwrap_or(text.len());
        let (word, rest) = text.split_at_checked(end)?;
        self.rest = rest;
        Some(word)
    }

    fn sign(&mut self, sign: char) -> Option<()> {
        self.rest = self.rest.trim_start().strip_prefix(sign)?;
        Some(())
    }
}

//! How values are spread, in bounded memory: each value with its count as long as they are few, then means of neighbours, small
//! ones at the ends (t-digest; Dunning and Ertl, 2019).

use whotalks_kql_values::{DateTime, DynamicBuilder, DynamicView, KustoType, TimeSpan, Value, convert};

/// The first element of the array that a summary travels as.
const MARK: &str = "tdigest";
/// More centroids than this are put together to about half of them.
const MOST_CENTROIDS: usize = 2_000;
/// How fine the summary is: about so many centroids are left.
const FINENESS: f64 = 1_000.0;

/// Values and how often each was seen.
#[derive(Clone, Debug)]
pub struct TDigest {
    /// The type of the values: whole numbers, times and lengths of time are kept as reals and turned back.
    kusto_type: KustoType,
    centroids: Vec<Centroid>,
    sorted: bool,
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct Centroid {
    mean: f64,
    weight: f64,
}

impl TDigest {
    /// An empty one for values of a type.
    #[must_use]
    pub const fn new(kusto_type: KustoType) -> Self {
        Self {
            kusto_type,
            centroids: Vec::new(),
            sorted: true,
        }
    }

    /// Takes a value so many times; nulls and what is no number are left out.
    pub fn add(&mut self, value: &Value<'_>, weight: i64) {
        let value = value.unpacked();
        if self.centroids.is_empty()
            && let Some(kusto_type) = value.kusto_type()
        {
            self.kusto_type = kusto_type;
        }
        if let Some(mean) = number(&value).filter(|number| !number.is_nan())
            && weight > 0
        {
            self.push(Centroid {
                mean,
                weight: weight as f64,
            });
        }
    }

    fn push(&mut self, centroid: Centroid) {
        self.centroids.push(centroid);
        self.sorted = false;
        if self.centroids.len() > MOST_CENTROIDS {
            self.compress();
        }
    }

    /// Takes over what another one saw.
    pub fn merge(&mut self, other: &Self) {
        if self.centroids.is_empty() {
            self.kusto_type = other.kusto_type;
        }
        other.centroids.iter().for_each(|centroid| self.push(*centroid));
    }

    /// Sorts the centroids and puts equal ones together.
    fn sort(&mut self) {
        if self.sorted {
            return;
        }
        self.centroids.sort_by(|left, right| left.mean.total_cmp(&right.mean));
        self.centroids.dedup_by(|next, kept| {
            let same = next.mean == kept.mean;
            if same {
                kept.weight += next.weight;
            }
            same
        });
        self.sorted = true;
    }

    /// Puts neighbours together where both lie within one step of the scale, which is fine at the ends.
    fn compress(&mut self) {
        self.sort();
        if self.centroids.len() <= MOST_CENTROIDS {
            return;
        }
        let total = self.weight();
        let scale = |part: f64| FINENESS / std::f64::consts::TAU * (2.0 * part.clamp(0.0, 1.0) - 1.0).asin();
        let mut kept: Vec<Centroid> = Vec::new();
        let mut before = 0.0;
        for centroid in std::mem::take(&mut self.centroids) {
            match kept.last_mut() {
                Some(last)
                    if scale((before + last.weight + centroid.weight) / total) - scale(before / total) <= 1.0 =>
                {
                    let weight = last.weight + centroid.weight;
                    last.mean += (centroid.mean - last.mean) * centroid.weight / weight;
                    last.weight = weight;
                }
                last => {
                    before += last.map_or(0.0, |last| last.weight);
                    kept.push(centroid);
                }
            }
        }
        self.centroids = kept;
    }

    fn weight(&self) -> f64 {
        self.centroids.iter().map(|centroid| centroid.weight).sum()
    }

    /// The value at or below which so many percent lie, by nearest rank; null where there is no value.
    #[must_use]
    pub fn percentile(&self, percent: f64) -> Value<'static> {
        let sorted = self.in_order();
        let wanted = (percent / 100.0 * sorted.weight()).ceil().max(1.0);
        let mut seen = 0.0;
        let found = sorted.centroids.iter().find(|centroid| {
            seen += centroid.weight;
            seen >= wanted
        });
        found.map_or(Value::Null, |centroid| value(centroid.mean, self.kusto_type))
    }

    /// How many values are at most as large.
    #[must_use]
    pub fn rank(&self, limit: &Value<'_>) -> Option<f64> {
        let limit = number(&limit.unpacked())?;
        let below = self.centroids.iter().filter(|centroid| centroid.mean <= limit);
        Some(below.map(|centroid| centroid.weight).sum())
    }

    /// The part of the values that are at most as large, in percent.
    #[must_use]
    pub fn percent_rank(&self, limit: &Value<'_>) -> Option<f64> {
        let total = self.weight();
        (total > 0.0).then(|| self.rank(limit).map(|rank| rank / total * 100.0))?
    }

    fn in_order(&self) -> Self {
        let mut sorted = self.clone();
        sorted.sort();
        sorted
    }

    /// Whether no value was seen.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.centroids.is_empty()
    }

    /// The bytes that are held.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.centroids.capacity() * size_of::<Centroid>()
    }

    /// The summary as a dynamic value.
    #[must_use]
    pub fn to_dynamic(&self) -> Vec<u8> {
        let sorted = self.in_order();
        let head = [
            DynamicBuilder::string(MARK),
            DynamicBuilder::string(self.kusto_type.name()),
        ];
        let pairs = sorted
            .centroids
            .iter()
            .flat_map(|centroid| [centroid.mean, centroid.weight].map(DynamicBuilder::real));
        DynamicBuilder::array(head.into_iter().chain(pairs))
    }

    /// Reads a summary; none where the value is something else.
    #[must_use]
    pub fn from_dynamic(view: DynamicView<'_>) -> Option<Self> {
        let mut elements = view.elements()?;
        if elements.next()?.text()? != MARK {
            return None;
        }
        let name = elements.next()?.text()?;
        let mut digest = Self::new(TYPES.into_iter().find(|kusto_type| kusto_type.name() == name)?);
        while let Some(mean) = elements.next() {
            let weight = elements.next()?;
            let (mean, weight) = (
                convert::to_real(&mean.to_value())?,
                convert::to_real(&weight.to_value())?,
            );
            if weight.is_nan() || weight <= 0.0 || mean.is_nan() {
                return None;
            }
            digest.push(Centroid { mean, weight });
        }
        digest.sort();
        Some(digest)
    }
}

/// The types whose values can be summarized.
const TYPES: [KustoType; 6] = [
    KustoType::Int,
    KustoType::Long,
    KustoType::Real,
    KustoType::Decimal,
    KustoType::DateTime,
    KustoType::TimeSpan,
];

fn number(value: &Value<'_>) -> Option<f64> {
    match value {
        Value::DateTime(time) => Some(time.ticks() as f64),
        Value::TimeSpan(span) => Some(span.ticks() as f64),
        Value::String(_) | Value::Bool(_) => None,
        other => convert::to_real(other),
    }
}

/// A number as a value of the type it came from; whole numbers are rounded.
#[expect(
    clippy::cast_possible_truncation,
    reason = "what does not fit is held at the ends of the type"
)]
fn value(mean: f64, kusto_type: KustoType) -> Value<'static> {
    let whole = mean.round() as i64;
    match kusto_type {
        KustoType::Int | KustoType::Long => Value::Long(whole),
        KustoType::DateTime => DateTime::from_ticks(whole).map_or(Value::Null, Value::DateTime),
        KustoType::TimeSpan => Value::TimeSpan(TimeSpan::from_ticks(whole)),
        _ => Value::Real(mean),
    }
}

impl PartialEq for TDigest {
    fn eq(&self, other: &Self) -> bool {
        self.kusto_type == other.kusto_type && self.in_order().centroids == other.in_order().centroids
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_values_are_exact_and_many_near() {
        let mut few = TDigest::new(KustoType::Long);
        (1..=1_000).for_each(|number| few.add(&Value::Long(number), 1));
        assert_eq!(few.percentile(50.0), Value::Long(500));
        assert_eq!(few.rank(&Value::Long(685)), Some(685.0));
        let mut many = TDigest::new(KustoType::Real);
        (0..100_000).for_each(|number| many.add(&Value::Real(f64::from(number * 7_919 % 100_000)), 1));
        let middle = convert::to_real(&many.percentile(50.0)).unwrap();
        let end = convert::to_real(&many.percentile(99.0)).unwrap();
        assert!(
            (middle - 50_000.0).abs() < 500.0 && (end - 99_000.0).abs() < 200.0,
            "{middle} {end}"
        );
        let read = TDigest::from_dynamic(DynamicView::new(&many.to_dynamic())).unwrap();
        assert_eq!(read, many);
    }
}

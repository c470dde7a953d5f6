//! The table that a person reads.

use whotalks_record::Grade;

use super::mixes::Mix;
use super::said::Field;
use super::tally::{Cell, Share, Tally};

/// The grades at which something is said, best first.
const GRADES: [Grade; 3] = [Grade::Observed, Grade::Derived, Grade::Inferred];

/// One line per mix and field: right answers of all, by grade; coverage; right reasons among the unknown.
pub(super) fn text(mixes: &[Mix], tally: &Tally) -> String {
    let width = mixes.iter().map(|mix| mix.name.len()).max().unwrap_or(0);
    let columns = GRADES.map(Grade::word).into_iter().chain(["coverage", "unknown"]);
    let head: String = columns.map(|column| format!("{column:>22}")).collect();
    let mut text = format!("{:<width$}  {:<8}{head}\n", "sources", "field");
    for mix in mixes {
        for field in Field::ALL {
            let cell = tally.cell(mix, field);
            text.push_str(&format!("{:<width$}  {:<8}{}\n", mix.name, field.word(), line(&cell)));
        }
    }
    text
}

fn line(cell: &Cell) -> String {
    let by_grade = GRADES.map(|grade| cell.precision.get(&grade).copied().unwrap_or_default());
    by_grade
        .into_iter()
        .chain([cell.coverage, cell.unknown])
        .map(share)
        .collect()
}

fn share(share: Share) -> String {
    if share.whole == 0 {
        return format!("{:>22}", "–");
    }
    // Rounded down: 100 % means all of them.
    let percent = (share.ratio() * 10_000.0).floor() / 100.0;
    format!("{:>22}", format!("{}/{} {percent:.2} %", share.part, share.whole))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hundred_percent_is_said_only_where_all_are_right() {
        assert_eq!(
            share(Share {
                part: 99_999,
                whole: 100_000
            })
            .trim(),
            "99999/100000 99.99 %"
        );
        assert_eq!(share(Share { part: 7, whole: 7 }).trim(), "7/7 100.00 %");
        assert_eq!(share(Share::default()).trim(), "–");
    }
}

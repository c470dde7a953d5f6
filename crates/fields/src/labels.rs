//! Names of numbers, such as `1` → `A` for the type of a DNS record.

/// The names of a field's numbers: lines of a number (decimal or `0x`), a space and its name.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Labels(pub(crate) &'static str);

impl Labels {
    /// Whether there are none.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0.is_empty()
    }

    /// All of them, in the order of the list.
    pub fn iter(self) -> impl Iterator<Item = (u64, &'static str)> {
        self.0.lines().filter_map(|line| {
            let (number, name) = line.split_once(' ')?;
            Some((parse(number)?, name))
        })
    }

    /// The name of a number.
    #[must_use]
    pub fn name(self, number: u64) -> Option<&'static str> {
        self.iter().find(|(held, _)| *held == number).map(|(_, name)| name)
    }

    /// The number of a name; case matters.
    #[must_use]
    pub fn number(self, name: &str) -> Option<u64> {
        self.iter().find(|(_, held)| *held == name).map(|(number, _)| number)
    }
}

fn parse(number: &str) -> Option<u64> {
    match number.strip_prefix("0x") {
        Some(digits) => u64::from_str_radix(digits, 16).ok(),
        None => number.parse().ok(),
    }
}

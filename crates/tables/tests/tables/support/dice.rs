//! A small deterministic source of arbitrary values.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use whotalks_record::{
    Endpoint, EvidenceId, FilterId, FilterOrigin, FlowId, FlowKey, InterfaceId, IpProtocol, Nanoseconds, Pid, Position,
    Span, TcpFlags, Text, Timestamp,
};
use whotalks_tables::Word;

/// Random bits (SplitMix64: Steele, Lea, Flood 2014).
pub(crate) struct Dice(pub(crate) u64);

/// Something that can be made of random bits.
pub(crate) trait Make {
    /// The next one.
    fn make(dice: &mut Dice) -> Self;
}

impl Dice {
    /// The next value of a type.
    pub(crate) fn make<T: Make>(&mut self) -> T {
        T::make(self)
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub(crate) fn below(&mut self, bound: u64) -> u64 {
        self.next() % bound
    }

    /// One of the values of a closed list.
    pub(crate) fn word<T: Word>(&mut self) -> T {
        let place = self.below(T::WORDS.len() as u64) as usize;
        T::from_word(T::WORDS[place]).unwrap()
    }

    pub(crate) fn one_of(&mut self, words: &[&'static str]) -> &'static str {
        words[self.below(words.len() as u64) as usize]
    }

    /// An optional value of a closed list.
    pub(crate) fn maybe_word<T: Word>(&mut self) -> Option<T> {
        (self.below(2) == 0).then(|| self.word())
    }
}

impl Make for u64 {
    /// Often at the bounds, where mistakes are.
    fn make(dice: &mut Dice) -> Self {
        match dice.below(8) {
            0 => 0,
            1 => Self::MAX,
            2 => i64::MAX as Self,
            _ => {
                let bits = dice.below(64);
                dice.next() >> bits
            }
        }
    }
}

macro_rules! numbers {
    ($($type:ty),+) => { $(
        impl Make for $type {
            fn make(dice: &mut Dice) -> Self {
                dice.make::<u64>() as Self
            }
        }
    )+ };
}

numbers!(u8, u16, u32, i64);

macro_rules! wrapped {
    ($($type:ident),+) => { $(
        impl Make for $type {
            fn make(dice: &mut Dice) -> Self {
                Self(dice.make())
            }
        }
    )+ };
}

wrapped!(
    EvidenceId,
    FilterId,
    FilterOrigin,
    FlowId,
    InterfaceId,
    IpProtocol,
    Nanoseconds,
    Pid,
    TcpFlags
);

impl Make for bool {
    fn make(dice: &mut Dice) -> Self {
        dice.below(2) == 0
    }
}

impl<T: Make> Make for Option<T> {
    fn make(dice: &mut Dice) -> Self {
        (dice.below(2) == 0).then(|| dice.make())
    }
}

impl<T: Make> Make for Vec<T> {
    fn make(dice: &mut Dice) -> Self {
        (0..dice.below(4)).map(|_| dice.make()).collect()
    }
}

impl Make for Text {
    /// Empty, hostile and ordinary texts.
    fn make(dice: &mut Dice) -> Self {
        let fixed = [
            "",
            "\0",
            "\u{1b}]0;x\u{7}",
            "=cmd|'/c calc'!A0",
            "日本語の名前",
            "svchost.exe",
            "\u{202e}exe.txt",
        ];
        match dice.below(10) as usize {
            place if place < fixed.len() => fixed[place].into(),
            _ => format!("host-{:x}.example", dice.next()).into(),
        }
    }
}

impl Make for (Text, Text) {
    fn make(dice: &mut Dice) -> Self {
        (dice.make(), dice.make())
    }
}

impl Make for Timestamp {
    fn make(dice: &mut Dice) -> Self {
        Self::from_nanoseconds(dice.make())
    }
}

impl Make for IpAddr {
    /// Also the IPv4-mapped form, which is not folded here: what goes in must come out.
    fn make(dice: &mut Dice) -> Self {
        let bits = dice.next() as u32;
        match dice.below(4) {
            0 => Self::V6(Ipv6Addr::from(u128::from(dice.next()) << 64 | u128::from(dice.next()))),
            1 => Self::V6(Ipv4Addr::from(bits).to_ipv6_mapped()),
            2 => Self::V6(Ipv6Addr::from(u128::from(bits))),
            _ => Self::V4(Ipv4Addr::from(bits)),
        }
    }
}

impl Make for Endpoint {
    fn make(dice: &mut Dice) -> Self {
        Self {
            address: dice.make(),
            port: dice.make(),
        }
    }
}

impl Make for FlowKey {
    fn make(dice: &mut Dice) -> Self {
        Self {
            protocol: dice.make(),
            client: dice.make(),
            server: dice.make(),
        }
    }
}

impl Make for Position {
    fn make(dice: &mut Dice) -> Self {
        match dice.below(5) {
            0 => Self::Packet(dice.make()),
            1 => Self::Record(dice.make()),
            2 => Self::Line(dice.make()),
            3 => Self::Item(dice.make()),
            _ => Self::Whole,
        }
    }
}

impl Make for Span {
    fn make(dice: &mut Dice) -> Self {
        Self {
            evidence: dice.make(),
            position: dice.make(),
            offset: dice.make(),
            length: dice.make(),
        }
    }
}

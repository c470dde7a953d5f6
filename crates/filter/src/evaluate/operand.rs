//! The values of an expression in a frame.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::net::{Ipv4Addr, Ipv6Addr};
use std::ops::ControlFlow;

use whotalks_fields::{FieldId, FrameFields};

use super::calculate::{absolute, calculate, negative};
use super::range::{holds_layer, with_parts};
use crate::item::Item;
use crate::program::{Operand, TextForm};
use crate::syntax::Range;

/// Whether more values are wanted.
type Flow = ControlFlow<()>;

/// Takes one value after the other; it need not be kept, so that most values cost no memory.
type Sink<'s> = &'s mut dyn FnMut(&Item<'_>) -> Flow;

impl Operand {
    /// Hands over each value until no more is wanted.
    pub(super) fn each(&self, frame: &FrameFields<'_>, sink: Sink<'_>) -> Flow {
        match self {
            Self::Constant(item) => sink(item),
            Self::Field(id) => frame.of(*id).try_for_each(|value| sink(&Item::of(value))),
            Self::Layers {
                field,
                protocol,
                layers,
            } => each_layer(frame, *field, *protocol, layers, sink),
            Self::Slice(of, ranges) => of.each(frame, &mut |item| each_slice(item, ranges, sink)),
            Self::Negative(of) => of.each(frame, &mut |item| pass(negative(item), sink)),
            Self::Absolute(of) => of.each(frame, &mut |item| pass(absolute(item), sink)),
            Self::Calculation(how, left, right) => left.each(frame, &mut |left| {
                right.each(frame, &mut |right| pass(calculate(*how, left, right), sink))
            }),
            Self::Length { of, fixed } => of.each(frame, &mut |item| pass(length(item, *fixed), sink)),
            Self::Count(of) => count(of, frame, sink),
            Self::Case { upper, of } => of.each(frame, &mut |item| pass(in_case(item, *upper), sink)),
            Self::AsText { of, form } => of.each(frame, &mut |item| pass(as_text(item, *form), sink)),
            Self::Extreme { greatest, of } => extreme(*greatest, of, frame, sink),
        }
    }
}

/// Nothing comes of what cannot be calculated.
fn pass(item: Option<Item<'_>>, sink: Sink<'_>) -> Flow {
    item.map_or(Flow::Continue(()), |item| sink(&item))
}

/// A field lies in the layer that its protocol opened last.
fn each_layer(frame: &FrameFields<'_>, field: FieldId, protocol: FieldId, layers: &[Range], sink: Sink<'_>) -> Flow {
    let total = frame.of(protocol).count();
    let mut layer = 0;
    for (id, value) in frame.iter() {
        layer += usize::from(id == protocol);
        if id == field && holds_layer(layers, layer, total) {
            sink(&Item::of(value))?;
        }
    }
    Flow::Continue(())
}

fn each_slice(item: &Item<'_>, ranges: &[Range], sink: Sink<'_>) -> Flow {
    let taken = item.with_bytes(|bytes| with_parts(bytes, ranges, |parts| sink(&Item::Bytes(Cow::Borrowed(parts)))));
    taken.flatten().unwrap_or(Flow::Continue(()))
}

fn length(item: &Item<'_>, fixed: Option<u64>) -> Option<Item<'static>> {
    let own = || item.with_bytes(|bytes| u64::try_from(bytes.len()).unwrap_or(u64::MAX));
    fixed.or_else(own).map(Item::Unsigned)
}

fn count(of: &Operand, frame: &FrameFields<'_>, sink: Sink<'_>) -> Flow {
    let mut count = 0_u64;
    let _ = of.each(frame, &mut |_| {
        count += 1;
        Flow::Continue(())
    });
    match count {
        0 => Flow::Continue(()),
        count => sink(&Item::Unsigned(count)),
    }
}

/// Only ASCII letters have another case, as in Wireshark.
fn in_case(item: &Item<'_>, upper: bool) -> Option<Item<'static>> {
    let text = item.with_bytes(|bytes| match upper {
        true => bytes.to_ascii_uppercase(),
        false => bytes.to_ascii_lowercase(),
    });
    text.map(|text| Item::Text(Cow::Owned(text)))
}

fn as_text(item: &Item<'_>, form: TextForm) -> Option<Item<'static>> {
    let text = match (form, item) {
        (TextForm::Plain, Item::Unsigned(number)) => number.to_string(),
        (TextForm::Plain, Item::Signed(number)) => number.to_string(),
        (TextForm::Plain, Item::Float(number)) => number.to_string(),
        (TextForm::Plain, Item::Ipv4 { address, .. }) => Ipv4Addr::from_bits(*address).to_string(),
        (TextForm::Plain, Item::Ipv6 { address, .. }) => Ipv6Addr::from_bits(*address).to_string(),
        (TextForm::Colons, item) => item.with_bytes(|bytes| hexadecimal(bytes, |_| ":"))?,
        (TextForm::Guid, item) => item.with_bytes(|bytes| hexadecimal(bytes, guid_separator))?,
        (TextForm::Plain, _) => return None,
    };
    Some(Item::Text(Cow::Owned(text.into_bytes())))
}

/// Two digits a byte, and what stands before each but the first.
fn hexadecimal(bytes: &[u8], separator: impl Fn(usize) -> &'static str) -> String {
    let mut text = String::with_capacity(bytes.len() * 3);
    for (place, byte) in bytes.iter().enumerate() {
        text.push_str(if place == 0 { "" } else { separator(place) });
        text.push_str(&format!("{byte:02x}"));
    }
    text
}

fn guid_separator(place: usize) -> &'static str {
    if matches!(place, 4 | 6 | 8 | 10) { "-" } else { "" }
}

fn extreme(greatest: bool, of: &[Operand], frame: &FrameFields<'_>, sink: Sink<'_>) -> Flow {
    let wanted = if greatest { Ordering::Greater } else { Ordering::Less };
    let mut best: Option<Item<'static>> = None;
    for operand in of {
        let _ = operand.each(frame, &mut |item| {
            let is_better = best.as_ref().is_none_or(|best| item.order(best) == Some(wanted));
            if is_better {
                best = Some(item.clone().into_owned());
            }
            Flow::Continue(())
        });
    }
    pass(best, sink)
}

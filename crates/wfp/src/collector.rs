//! Cuts a dump into the items that matter, wherever they stand.
//!
//! An item is known by its first child: an `item` that begins with `filterKey` is a filter, a `layer` that begins with
//! `layerKey` a layer, one that begins with `header` a network event. So the elements around them may be missing or damaged, there may be two root elements or none, and
//! the next item is found again after a bad one.

use std::io;

use crate::encoding::Units;
use crate::scan::{Kept, Scanner, Tag, TagKind};

/// What was cut out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Piece {
    /// A root or state element begins.
    Root(Root),
    /// The text of the `timeStamp` right below the root.
    TimeStamp(String),
    /// A whole item.
    Item(Item),
    /// An item whose end is missing: another one, or the end of the list, came first.
    Broken(Item),
    /// The file ends inside an item.
    Cut(Item),
}

/// The elements that say what follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Root {
    /// `wfpstate`, or the state inside a capture's `wfpdiag`.
    State,
    /// `wfpdiag`, of `show filters` and of a capture.
    Diagnostics,
    /// `firewallState`, the second root of a state dump; not read.
    FirewallState,
}

/// The bytes of an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Item {
    pub(crate) kind: ItemKind,
    pub(crate) kept: Kept,
}

/// What an item is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ItemKind {
    Filter,
    Layer,
    NetworkEvent,
}

/// Walks a dump item by item.
pub(crate) struct Collector<'a> {
    scanner: Scanner<'a>,
    /// The last tag, if it opened an element that may be an item.
    opened: Option<Tag>,
    /// The last tag, if it opened a `timeStamp` before any item.
    time_stamp: Option<Tag>,
    item: Option<OpenItem>,
    /// Whether a time stamp can no longer be that of the dump: it has one, or its items have begun.
    dated: bool,
}

struct OpenItem {
    kind: ItemKind,
    /// The name of its element.
    name: String,
    /// How many elements of its own name are open.
    depth: usize,
}

impl<'a> Collector<'a> {
    pub(crate) fn new(source: &'a mut dyn io::Read) -> io::Result<Self> {
        Ok(Self {
            scanner: Scanner::new(source)?,
            opened: None,
            time_stamp: None,
            item: None,
            dated: false,
        })
    }

    /// The encoding.
    pub(crate) const fn units(&self) -> Units {
        self.scanner.units()
    }

    /// How far the dump has been walked, in bytes.
    pub(crate) const fn offset(&self) -> u64 {
        self.scanner.offset()
    }

    /// The next piece; none at the end.
    pub(crate) fn next_piece(&mut self) -> io::Result<Option<Piece>> {
        while let Some(tag) = self.scanner.next_tag()? {
            if let Some(piece) = self.take(tag) {
                return Ok(Some(piece));
            }
        }
        let item = self.item.take().map(|open| self.cut_out(open.kind));
        Ok(item.map(Piece::Cut))
    }

    fn take(&mut self, tag: Tag) -> Option<Piece> {
        if let Some(kind) = self.first_child(&tag) {
            return self.begin(kind);
        }
        let within = self.item.is_some();
        let piece = if within { self.within(&tag) } else { self.outside(&tag) };
        let opens = tag.kind == TagKind::Open && matches!(tag.name.as_str(), "item" | "layer" | "netEvent");
        match (opens, &self.item, &self.time_stamp) {
            (true, None, _) => self.scanner.keep(&tag),
            (false, None, None) => self.scanner.forget(),
            _ => {}
        }
        self.opened = Some(tag).filter(|_| opens);
        piece
    }

    /// Whether the tag is the child that shows what the element opened just before it is.
    fn first_child(&self, tag: &Tag) -> Option<ItemKind> {
        let parent = self.opened.as_ref()?.name.as_str();
        match (parent, tag.name.as_str()) {
            ("item", "filterKey") => Some(ItemKind::Filter),
            ("layer", "layerKey") => Some(ItemKind::Layer),
            ("item" | "netEvent", "header") => Some(ItemKind::NetworkEvent),
            _ => None,
        }
    }

    /// An item begins at the element opened last. One that was open had lost its end.
    fn begin(&mut self, kind: ItemKind) -> Option<Piece> {
        let Tag { start, name, .. } = self.opened.take()?;
        self.dated = true;
        let before = self.item.replace(OpenItem { kind, name, depth: 1 });
        let kind = before?.kind;
        let kept = self.scanner.split_kept(start);
        Some(Piece::Broken(Item { kind, kept }))
    }

    /// A tag inside an item: its end, or a sign that the end is missing.
    fn within(&mut self, tag: &Tag) -> Option<Piece> {
        let open = self.item.as_mut()?;
        if tag.name == open.name {
            match tag.kind {
                TagKind::Open => open.depth = open.depth.saturating_add(1),
                TagKind::Close => open.depth = open.depth.saturating_sub(1),
                TagKind::Empty => {}
            }
        }
        let (kind, ended) = (open.kind, open.depth == 0);
        let lists = [
            "filters",
            "layers",
            "callouts",
            "netEvents",
            "events",
            "wfpstate",
            "wfpdiag",
        ];
        let broken = tag.kind == TagKind::Close && lists.contains(&tag.name.as_str());
        if !ended && !broken {
            return None;
        }
        self.item = None;
        let item = self.cut_out(kind);
        Some(if ended { Piece::Item(item) } else { Piece::Broken(item) })
    }

    fn outside(&mut self, tag: &Tag) -> Option<Piece> {
        if let Some(open) = self.time_stamp.take()
            && tag.kind == TagKind::Close
            && tag.name == "timeStamp"
        {
            let kept = self.scanner.take_kept();
            self.dated = true;
            return Some(Piece::TimeStamp(time_text(&kept, &open, tag, self.scanner.units())));
        }
        if tag.kind != TagKind::Open {
            return None;
        }
        match tag.name.as_str() {
            "wfpstate" | "initialState" | "finalState" => self.root(Root::State),
            "wfpdiag" => self.root(Root::Diagnostics),
            "firewallState" => self.root(Root::FirewallState),
            "timeStamp" if !self.dated => {
                self.scanner.keep(tag);
                self.time_stamp = Some(tag.clone());
                None
            }
            _ => None,
        }
    }

    fn root(&mut self, root: Root) -> Option<Piece> {
        self.dated = false;
        Some(Piece::Root(root))
    }

    fn cut_out(&mut self, kind: ItemKind) -> Item {
        Item {
            kind,
            kept: self.scanner.take_kept(),
        }
    }
}

/// The text between two tags.
fn time_text(kept: &Kept, open: &Tag, close: &Tag, units: Units) -> String {
    let place = |offset: u64| usize::try_from(offset.saturating_sub(kept.start)).unwrap_or(usize::MAX);
    let between = kept.bytes.get(place(open.end)..place(close.start)).unwrap_or_default();
    units.decode(between).trim().to_owned()
}

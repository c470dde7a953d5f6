//! What is told of a datagram that came in fragments, in the frame that completes it.

use whotalks_session::fragments::{Piece, Whole};

use super::Out;
use crate::FieldId;

/// The fields that both versions of IP have for it.
pub(crate) struct PieceFields {
    pub(crate) fragment: FieldId,
    pub(crate) overlap: FieldId,
    pub(crate) conflict: FieldId,
    pub(crate) other_end: FieldId,
    pub(crate) too_long: FieldId,
    pub(crate) error: FieldId,
    pub(crate) count: FieldId,
    pub(crate) length: FieldId,
    pub(crate) data: FieldId,
}

impl PieceFields {
    pub(crate) fn extract<'a>(&self, whole: &'a Whole, out: &mut Out<'_, '_, 'a>) {
        whole.pieces.iter().for_each(|piece| self.piece(piece, out));
        out.count(self.count, whole.pieces.len());
        out.count(self.length, whole.data.len());
        out.bytes(self.data, Some(&whole.data));
    }

    fn piece(&self, piece: &Piece, out: &mut Out<'_, '_, '_>) {
        // An overlap alone is no error to Wireshark.
        let is_wrong = piece.conflicts || piece.is_other_end || piece.is_too_long;
        let id = if is_wrong { self.error } else { self.fragment };
        out.number(id, Some(piece.frame));
        let flags = [
            (self.overlap, piece.overlaps),
            (self.conflict, piece.conflicts),
            (self.other_end, piece.is_other_end),
            (self.too_long, piece.is_too_long),
        ];
        flags.into_iter().for_each(|(id, is)| out.flag(id, is.then_some(true)));
    }
}

//! A datagram that is whole again.

/// The data of a datagram, and the fragments that brought them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Whole {
    /// The data, transport header included.
    pub data: Vec<u8>,
    /// The fragments in the order of their places, those of one place in the order of their arrival; none where no frames
    /// were noted.
    pub pieces: Vec<Piece>,
}

/// A fragment of a datagram that is whole. What is wrong with it is said in Wireshark's terms.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Piece {
    /// The frame that brought it.
    pub frame: u32,
    /// Some of its bytes are in fragments before it, too.
    pub overlaps: bool,
    /// And say something else there.
    pub conflicts: bool,
    /// It ends the datagram, and elsewhere than the first fragment that did so.
    pub is_other_end: bool,
    /// It goes past the end of the datagram.
    pub is_too_long: bool,
}

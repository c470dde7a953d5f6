//! The options at the end of a block: code 2, length 2, value, padding to 4 bytes.

use whotalks_bytes::{ByteOrder, Cursor, ReadError};

/// The code that ends the list.
const END: u16 = 0;

/// One option.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct BlockOption<'a> {
    pub(super) code: u16,
    pub(super) value: &'a [u8],
}

/// The options left in a block; a cut one ends them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Options<'a> {
    cursor: Cursor<'a>,
    order: ByteOrder,
}

impl<'a> Options<'a> {
    pub(super) const fn new(cursor: Cursor<'a>, order: ByteOrder) -> Self {
        Self { cursor, order }
    }

    /// The value of the first option with that code.
    pub(super) fn find(mut self, code: u16) -> Option<&'a [u8]> {
        self.find_map(|option| (option.code == code).then_some(option.value))
    }

    /// The number in the first option with that code.
    pub(super) fn find_u64(self, code: u16) -> Option<u64> {
        Cursor::new(self.find(code)?).u64_by("pcapng.option", self.order).ok()
    }

    /// The number in the first option with that code.
    pub(super) fn find_u32(self, code: u16) -> Option<u32> {
        Cursor::new(self.find(code)?).u32_by("pcapng.option", self.order).ok()
    }

    fn read(&mut self) -> Result<BlockOption<'a>, ReadError> {
        let code = self.cursor.u16_by("pcapng.option_code", self.order)?;
        let length = usize::from(self.cursor.u16_by("pcapng.option_length", self.order)?);
        let value = self.cursor.slice("pcapng.option", length)?;
        // The last option of a careless writer may lack its padding.
        let padding = length.next_multiple_of(4) - length;
        self.cursor
            .skip("pcapng.option_padding", padding.min(self.cursor.rest().len()))?;
        Ok(BlockOption { code, value })
    }
}

impl<'a> Iterator for Options<'a> {
    type Item = BlockOption<'a>;

    fn next(&mut self) -> Option<Self::Item> {
        self.read().ok().filter(|option| option.code != END)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_are_padded_and_end_at_the_end_mark() {
        let bytes = [
            2, 0, 3, 0, b'e', b't', b'h', 0, 9, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0, 0, 7, 0, 0, 0,
        ];
        let options = Options::new(Cursor::new(&bytes), ByteOrder::Little);
        assert_eq!(options.map(|option| option.code).collect::<Vec<_>>(), [2, 9]);
        assert_eq!((options.find(2), options.find(7)), (Some(&b"eth"[..]), None));
    }

    #[test]
    fn a_cut_option_ends_the_list() {
        let bytes = [0, 4, 0, 8, 0, 0, 0, 0, 0, 0, 0, 5, 0, 2, 0, 9, 1];
        let options = Options::new(Cursor::new(&bytes), ByteOrder::Big);
        assert_eq!((options.find_u64(4), options.count()), (Some(5), 1));
    }
}

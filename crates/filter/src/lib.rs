//! Wireshark's display filter language over the fields of a frame.

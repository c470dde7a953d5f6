//! One pass over a capture: statistics, selection of packets, following a conversation, comparing two captures.

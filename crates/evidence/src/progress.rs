//! How far a run is, told to whoever wants to show it.

/// Is told how far a run is, after each chunk of at most a mebibyte. An implementation that draws limits its own rate.
pub trait Progress {
    /// `done` of `total` bytes of the files as they lie on disk were read; `path` is the piece being read. A stream from
    /// standard input counts when read and is not in `total`.
    fn update(&mut self, done: u64, total: u64, path: &str);
}

/// Tells nobody.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoProgress;

impl Progress for NoProgress {
    fn update(&mut self, _done: u64, _total: u64, _path: &str) {}
}

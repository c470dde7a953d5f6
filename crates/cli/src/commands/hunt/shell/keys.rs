//! Keys, also while a query runs.
//!
//! A thread reads one key whenever it is asked to. While it waits, the terminal is in raw mode, so that Ctrl-C comes as a key and can
//! stop a query; between keys it is as it was, so that a shell that ends leaves nothing behind.

use std::collections::VecDeque;
use std::io;
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;

use console::{Key, Term};

/// The most keys that are kept while a query runs; nobody types more ahead on purpose.
const MOST_AHEAD: usize = 4_096;

/// See the module.
pub(super) struct Keys {
    ask: Sender<()>,
    answer: Receiver<io::Result<Key>>,
    /// Whether the thread waits for a key.
    is_asked: bool,
    ahead: VecDeque<Key>,
}

impl Keys {
    pub(super) fn new() -> Self {
        let (ask, asked) = mpsc::channel();
        let (give, answer) = mpsc::channel();
        thread::spawn(move || {
            let terminal = Term::stdout();
            for () in asked {
                if give.send(terminal.read_key_raw()).is_err() {
                    break;
                }
            }
        });
        Self {
            ask,
            answer,
            is_asked: false,
            ahead: VecDeque::new(),
        }
    }

    /// The next key; an error where there will be none.
    pub(super) fn next(&mut self) -> io::Result<Key> {
        if let Some(key) = self.ahead.pop_front() {
            return Ok(key);
        }
        self.request();
        let key = self.answer.recv().map_err(io::Error::other)?;
        self.is_asked = false;
        key
    }

    /// Whether Ctrl-C was pressed since. Other keys are kept for the next entry.
    pub(super) fn cancelled(&mut self) -> bool {
        self.request();
        let Ok(key) = self.answer.try_recv() else {
            return false;
        };
        self.is_asked = false;
        match key {
            Ok(Key::CtrlC) => {
                self.ahead.clear();
                true
            }
            Ok(key) => {
                if self.ahead.len() < MOST_AHEAD {
                    self.ahead.push_back(key);
                }
                false
            }
            Err(_) => false,
        }
    }

    fn request(&mut self) {
        if !self.is_asked {
            self.is_asked = self.ask.send(()).is_ok();
        }
    }
}

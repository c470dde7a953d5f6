//! Both ends of a conversation and what they send next.

use super::network::{GAPS_NS, Network};
use super::packet::Packet;
use crate::packet::TcpFlags;
use crate::random::Random;

const FIN: u8 = 0x01;

/// One end.
#[derive(Debug, Clone, Default)]
struct End {
    /// The number of the next byte that it sends.
    next: u32,
    /// What it acknowledged last.
    acknowledged: u32,
    window: u16,
    shift: u8,
    /// Number and length of what it sent.
    sent: Vec<(u32, u16)>,
}

/// A conversation while it is made up.
#[derive(Debug)]
pub(super) struct Conversation {
    number: u16,
    now_ns: u64,
    random: Random,
    network: Network,
    /// The end that opens it, and the other one.
    ends: [End; 2],
    uses_selective: bool,
}

/// What differs between two segments.
#[derive(Debug, Default, Clone)]
struct Said {
    /// Where it begins; with the next byte when not said.
    sequence: Option<u32>,
    acknowledgement: Option<u32>,
    flags: u8,
    data_bytes: u16,
    options: Vec<u8>,
}

impl Conversation {
    pub(super) fn new(number: u16, begins_ns: u64, mut random: Random) -> Self {
        let network = Network::new(&mut random);
        let mut ends = [End::default(), End::default()];
        for end in &mut ends {
            // Numbers near the wrap and the number 0 are the interesting ones.
            let near_wrap = u32::MAX - random.below(20_000) as u32;
            end.next = random.pick(&[random.clone().bits() as u32, near_wrap, 0, u32::MAX]);
            end.window = random.pick(&[0, 1, 500, 1_460, 8_192, 65_535]);
        }
        Self {
            number,
            now_ns: begins_ns,
            uses_selective: random.chance(30),
            random,
            network,
            ends,
        }
    }

    /// Everything that was captured of it.
    pub(super) fn play(mut self) -> Vec<Packet> {
        self.open();
        for _ in 0..self.random.between(5, 40) {
            self.step();
        }
        if self.random.chance(50) {
            self.close();
        }
        self.network.captured(&mut self.random)
    }

    fn end(&mut self, side: usize) -> &mut End {
        let [client, server] = &mut self.ends;
        if side == 0 { client } else { server }
    }

    fn pause(&mut self) {
        self.now_ns += self.random.pick(&GAPS_NS);
    }

    /// A short pause, as between segments that belong together.
    fn blink(&mut self) {
        let short = GAPS_NS.get(..5).unwrap_or_default();
        self.now_ns += self.random.pick(short);
    }

    fn say(&mut self, side: usize, said: Said) {
        let end = self.end(side).clone();
        let packet = Packet {
            time_ns: self.now_ns,
            number: self.number,
            from_client: side == 0,
            sequence: said.sequence.unwrap_or(end.next),
            acknowledgement: said.acknowledgement.unwrap_or(end.acknowledged),
            flags: TcpFlags(said.flags),
            window: end.window,
            options: said.options,
            data_bytes: said.data_bytes,
            is_cut: false,
        };
        self.network.carry(packet, &mut self.random);
    }

    /// A handshake, or what is left of one.
    fn open(&mut self) {
        match self.random.below(10) {
            0 => self.meet_in_the_middle(),
            1 | 2 => self.begin_in_the_middle(),
            way => {
                self.greet(0, TcpFlags::SYN.0, way);
                self.pause();
                self.ends[1].acknowledged = self.ends[0].next;
                self.greet(1, TcpFlags::SYN_ACK.0, way);
                self.pause();
                self.acknowledge(0);
            }
        }
    }

    /// SYN with or without window scaling.
    fn greet(&mut self, side: usize, flags: u8, way: u64) {
        let shift = self.random.below(5) as u8;
        let scales = way != 3 && !self.random.chance(20);
        let options = if scales { vec![3, 3, shift, 1] } else { Vec::new() };
        self.end(side).shift = if scales { shift } else { 0 };
        let acknowledgement = (flags == TcpFlags::SYN.0).then_some(0);
        self.say(
            side,
            Said {
                acknowledgement,
                flags,
                options,
                ..Said::default()
            },
        );
        let end = self.end(side);
        end.next = end.next.wrapping_add(1);
    }

    /// Both ends open at once (RFC 9293 3.5, figure 8).
    fn meet_in_the_middle(&mut self) {
        self.greet(0, TcpFlags::SYN.0, 0);
        self.blink();
        self.greet(1, TcpFlags::SYN.0, 0);
        self.pause();
        for side in [0, 1] {
            let sequence = Some(self.end(side).next.wrapping_sub(1));
            let acknowledgement = self.end(1 - side).next;
            self.end(side).acknowledged = acknowledgement;
            self.say(
                side,
                Said {
                    sequence,
                    flags: TcpFlags::SYN_ACK.0,
                    ..Said::default()
                },
            );
        }
    }

    /// The capture began later than the conversation.
    fn begin_in_the_middle(&mut self) {
        for side in [0, 1] {
            self.end(side).acknowledged = self.end(1 - side).next;
        }
    }

    fn step(&mut self) {
        let side = self.random.below(2) as usize;
        match self.random.below(20) {
            0..=4 => self.burst(side),
            5..=7 => self.acknowledge(side),
            8 => self.ask_again(side),
            9 | 10 => self.send_again(side),
            11 => self.keep_alive(side),
            12 => self.shut_window(side),
            13 => self.fill_window(side),
            14 => self.change_window(side),
            15 => self.overlap(side),
            16 => self.skip(side),
            17 => self.reset_or_reopen(side),
            _ => self.exchange(side),
        }
        self.pause();
    }

    fn data(&mut self, side: usize, data_bytes: u16) {
        let flags = if self.random.chance(30) {
            TcpFlags::PUSH_ACK.0
        } else {
            TcpFlags::ACK.0
        };
        let end = self.end(side);
        end.sent.push((end.next, data_bytes));
        self.say(
            side,
            Said {
                data_bytes,
                flags,
                ..Said::default()
            },
        );
        let end = self.end(side);
        end.next = end.next.wrapping_add(data_bytes.into());
    }

    fn burst(&mut self, side: usize) {
        for _ in 0..self.random.between(1, 6) {
            let length = self.random.pick(&[1, 2, 100, 536, 1_460, 1_460, 1_460]);
            self.data(side, length);
            self.blink();
        }
    }

    /// Acknowledges everything, or a part.
    fn acknowledge(&mut self, side: usize) {
        let other = self.end(1 - side).clone();
        let some = other.sent.iter().rev().nth(self.random.below(3) as usize);
        let part = some.map_or(other.next, |(start, length)| start.wrapping_add(u32::from(*length)));
        self.end(side).acknowledged = if self.random.chance(70) { other.next } else { part };
        self.plain(side);
    }

    fn plain(&mut self, side: usize) {
        let flags = TcpFlags::ACK.0;
        self.say(
            side,
            Said {
                flags,
                ..Said::default()
            },
        );
    }

    /// The same acknowledgment several times, and often what it asks for.
    fn ask_again(&mut self, side: usize) {
        let other = self.end(1 - side).clone();
        let acknowledged = self.end(side).acknowledged;
        for _ in 0..self.random.between(1, 5) {
            let options = self.selected(acknowledged, other.next);
            self.say(
                side,
                Said {
                    flags: TcpFlags::ACK.0,
                    options,
                    ..Said::default()
                },
            );
            self.blink();
        }
        if self.random.chance(60) {
            self.pause();
            let said = Said {
                sequence: Some(acknowledged),
                data_bytes: self.random.pick(&[100, 536, 1_460]),
                flags: TcpFlags::ACK.0,
                ..Said::default()
            };
            self.say(1 - side, said);
        }
    }

    /// A selective acknowledgment (RFC 2018 3) of what lies beyond.
    fn selected(&self, acknowledged: u32, next: u32) -> Vec<u8> {
        if !self.uses_selective {
            return Vec::new();
        }
        let mut options = vec![1, 1, 5, 10];
        options.extend(acknowledged.wrapping_add(536).to_be_bytes());
        options.extend(next.to_be_bytes());
        options
    }

    fn send_again(&mut self, side: usize) {
        let sent = self.end(side).sent.clone();
        for _ in 0..self.random.between(1, 3) {
            let back = self.random.below(6) as usize;
            let Some((sequence, data_bytes)) = sent.iter().rev().nth(back).copied() else {
                return;
            };
            self.say(
                side,
                Said {
                    sequence: Some(sequence),
                    data_bytes,
                    flags: TcpFlags::ACK.0,
                    ..Said::default()
                },
            );
            self.blink();
        }
    }

    fn keep_alive(&mut self, side: usize) {
        let sequence = Some(self.end(side).next.wrapping_sub(1));
        for _ in 0..self.random.between(1, 3) {
            let data_bytes = self.random.below(2) as u16;
            self.say(
                side,
                Said {
                    sequence,
                    data_bytes,
                    flags: TcpFlags::ACK.0,
                    ..Said::default()
                },
            );
            self.pause();
            if self.random.chance(70) {
                self.plain(1 - side);
            }
        }
    }

    /// A window of zero, the other end's probes, and a new window.
    fn shut_window(&mut self, side: usize) {
        let before = self.end(side).window;
        self.end(side).window = 0;
        self.acknowledge(side);
        for _ in 0..self.random.between(0, 3) {
            self.pause();
            let said = Said {
                data_bytes: 1,
                flags: TcpFlags::ACK.0,
                ..Said::default()
            };
            self.say(1 - side, said);
            self.blink();
            if self.random.chance(20) {
                let acknowledged = self.end(side).acknowledged;
                self.end(side).acknowledged = acknowledged.wrapping_add(1);
            }
            if self.random.chance(80) {
                self.plain(side);
            }
        }
        self.pause();
        self.end(side).window = before.max(1);
        self.plain(side);
        if self.random.chance(50) {
            self.burst(1 - side);
        }
    }

    /// Sends up to the edge of the other end's window.
    fn fill_window(&mut self, side: usize) {
        let receiver = self.end(1 - side).clone();
        let edge = receiver
            .acknowledged
            .wrapping_add(u32::from(receiver.window) << receiver.shift);
        let room = edge.wrapping_sub(self.end(side).next);
        if let Ok(room) = u16::try_from(room)
            && (1..=9_000).contains(&room)
        {
            self.data(side, room);
        }
    }

    fn change_window(&mut self, side: usize) {
        let window = self.random.pick(&[0, 1, 500, 1_460, 8_192, 65_535]);
        self.end(side).window = window;
        self.plain(side);
    }

    /// A segment across the border of what was sent before.
    fn overlap(&mut self, side: usize) {
        let back = self.random.pick(&[1, 2, 50, 536, 1_460, 3_000]);
        let sequence = self.end(side).next.wrapping_sub(back);
        let data_bytes = self.random.pick(&[1, 2, 100, 536, 1_460]);
        self.say(
            side,
            Said {
                sequence: Some(sequence),
                data_bytes,
                flags: TcpFlags::ACK.0,
                ..Said::default()
            },
        );
        let end = self.end(side);
        let after = sequence.wrapping_add(data_bytes.into());
        if after.wrapping_sub(end.next).cast_signed() > 0 {
            end.next = after;
        }
    }

    /// Sends something that the capture misses, and goes on.
    fn skip(&mut self, side: usize) {
        let missed = self.random.pick(&[1, 100, 1_460, 20_000]);
        let end = self.end(side);
        end.next = end.next.wrapping_add(missed);
        if self.random.chance(50) {
            self.acknowledge(1 - side);
        } else {
            self.burst(side);
        }
    }

    fn exchange(&mut self, side: usize) {
        self.burst(side);
        self.pause();
        self.acknowledge(1 - side);
    }

    /// What happens seldom: resets, SYNs in the middle, the ports used again.
    fn reset_or_reopen(&mut self, side: usize) {
        match self.random.below(9) {
            0 => self.control(side, TcpFlags::RST.0),
            1 => self.control(side, TcpFlags::RST_ACK.0),
            2 => self.control(side, TcpFlags::SYN.0),
            3 => self.control(side, TcpFlags::SYN_ACK.0),
            4 => {
                self.ends[0].next = self.random.bits() as u32;
                self.ends[1].next = self.random.bits() as u32;
                self.open();
            }
            5 => {
                // An acknowledgment of what was never sent.
                let wrong = self.end(1 - side).next.wrapping_add(5_000);
                let said = Said {
                    acknowledgement: Some(wrong),
                    flags: TcpFlags::ACK.0,
                    ..Said::default()
                };
                self.say(side, said);
            }
            6 => self.control(side, FIN | TcpFlags::SYN.0),
            7 => self.go_wild(side),
            _ => self.control(side, TcpFlags::FIN_ACK.0),
        }
    }

    /// Something that no stack sends: any flags, numbers from anywhere.
    fn go_wild(&mut self, side: usize) {
        let end = self.end(side).clone();
        let far = self.random.pick(&[0, 1, 70_000, 1 << 30, 1 << 31, u32::MAX - 1]);
        let said = Said {
            sequence: Some(end.next.wrapping_add(far)),
            acknowledgement: Some(
                end.acknowledged
                    .wrapping_add(self.random.pick(&[0, 0, 1 << 30, 1 << 31])),
            ),
            flags: (self.random.bits() & 0x3f) as u8,
            data_bytes: self.random.pick(&[0, 1, 100]),
            options: Vec::new(),
        };
        self.say(side, said);
    }

    fn control(&mut self, side: usize, flags: u8) {
        self.say(
            side,
            Said {
                flags,
                ..Said::default()
            },
        );
    }

    fn close(&mut self) {
        for side in [0, 1] {
            self.end(side).acknowledged = self.end(1 - side).next;
            let data_bytes = self.random.pick(&[0, 0, 0, 10]);
            let said = Said {
                data_bytes,
                flags: TcpFlags::FIN_ACK.0,
                ..Said::default()
            };
            self.say(side, said.clone());
            if self.random.chance(20) {
                self.pause();
                self.say(side, said);
            }
            let end = self.end(side);
            end.next = end.next.wrapping_add(u32::from(data_bytes) + 1);
            self.pause();
        }
        self.acknowledge(0);
    }
}

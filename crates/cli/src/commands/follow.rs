//! `whotalks follow`: what both sides of a conversation said.

use whotalks_case::capture;
use whotalks_case::packets::follow::{Chunk, Content, Target};
use whotalks_case::packets::select::Keep;
use whotalks_render::messages::PacketMessage;
use whotalks_render::terminal::{Conversation, Notation};

use crate::arguments::{As, Follow};
use crate::captures;
use crate::face::Face;
use crate::failure::Failure;
use crate::outcome::Outcome;
use crate::output::Output;
use crate::progress::Bar;

pub(super) fn run(arguments: &Follow, face: &Face) -> Result<Outcome, Failure> {
    let paths = [arguments.path.clone()];
    captures::check(&paths, face)?;
    let mut shown = Shown::new(arguments.shape, face);
    let mut output = Output::new();
    let mut anything = false;
    let read = {
        let mut bar = Bar::new(&face.words);
        capture::follow(&paths, target(arguments), &mut bar, &mut |chunk| {
            anything = true;
            shown.write(&chunk, &mut output)
        })
    };
    output.finish()?;
    captures::tell(&read, face)?;
    if !anything {
        face.say(&PacketMessage::NoSuchConversation);
        return Ok(Outcome::NothingFound);
    }
    Ok(Outcome::Answered)
}

fn target(arguments: &Follow) -> Target {
    match (arguments.tcp, arguments.udp, &arguments.flow) {
        (Some(number), ..) => Target::tcp(number),
        (_, Some(number), _) => Target::udp(number),
        (.., flow) => Target::CommunityId(flow.clone().unwrap_or_default()),
    }
}

/// How a conversation is shown.
enum Shown {
    Text(Box<Conversation>),
    Raw,
}

impl Shown {
    fn new(shape: As, face: &Face) -> Self {
        let text = |notation| Self::Text(Box::new(Conversation::new(&face.options, notation)));
        match shape {
            As::Ascii => text(Notation::Ascii),
            As::Hex => text(Notation::Hexadecimal),
            As::Raw => Self::Raw,
        }
    }

    fn write(&mut self, chunk: &Chunk, output: &mut Output) -> Keep {
        match (self, &chunk.content) {
            (Self::Text(conversation), _) => output.write(conversation.chunk(chunk).as_bytes()),
            (Self::Raw, Content::Bytes(bytes)) => output.write(bytes),
            (Self::Raw, Content::Missing(_)) => Keep::Going,
        }
    }
}

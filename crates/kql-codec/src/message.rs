//! A plan with its columns as one message.
//!
//! | bytes | what |
//! |---|---|
//! | 16 | [`MARK`], which names the form |
//! | 8 | how many bytes the columns take, least significant first |
//! | as said | the columns: JSON, `[{"name": …, "kusto_type": …}, …]` |
//! | rest | the plan in protocol buffers |

use std::sync::Arc;

use datafusion::error::DataFusionError;
use datafusion::logical_expr::LogicalPlan;
use datafusion::prelude::SessionContext;
use datafusion_proto::bytes::{
    logical_plan_from_bytes_with_extension_codec, logical_plan_to_bytes_with_extension_codec,
};
use thiserror::Error;
use whotalks_kql_plan::Planned;

use crate::Surroundings;
use crate::codec::Codec;

/// The first bytes of a message; another form gets another number.
const MARK: &[u8; 16] = b"whotalks plan 1\n";

/// The most operators that may stand behind each other in a plan that is sent.
const MOST_OPERATORS: usize = 2_000;
/// The stack on which plans are written and read, which both go down into them: about twice what that many operators take.
const STACK_BYTES: usize = 64 << 20;

/// Why a plan cannot be sent, or what was received is none.
#[derive(Debug, Error)]
pub enum CodecError {
    /// The message is no plan, or one of another version.
    #[error("what was received is no plan of this version: it begins with another mark")]
    NotAPlan,
    /// The message ends too early.
    #[error("the plan that was received is cut short")]
    CutShort,
    /// The plan is longer than what is sent.
    #[error("the plan has {0} operators behind each other, and at most {MOST_OPERATORS} are sent")]
    TooLong(usize),
    /// The columns of a plan cannot be written or read.
    #[error("the columns of a plan: {0}")]
    Columns(#[from] serde_json::Error),
    /// The plan cannot be written or read, or asks for something that is not here.
    #[error(transparent)]
    Plan(#[from] DataFusionError),
}

/// A plan as bytes.
///
/// # Errors
///
/// [`CodecError::Plan`] where it has an operator or reads a table that cannot be sent, [`CodecError::TooLong`].
pub fn encode(planned: &Planned) -> Result<Vec<u8>, CodecError> {
    let operators = operators(&planned.plan);
    if operators > MOST_OPERATORS {
        return Err(CodecError::TooLong(operators));
    }
    let columns = serde_json::to_vec(&planned.columns)?;
    let codec = Codec::default();
    let plan = stacker::grow(STACK_BYTES, || {
        logical_plan_to_bytes_with_extension_codec(&planned.plan, &codec)
    })?;
    let length = (columns.len() as u64).to_le_bytes();
    Ok([MARK.as_slice(), &length, &columns, &plan].concat())
}

/// The plan of bytes, with what it needs of what is here.
///
/// # Errors
///
/// [`CodecError::NotAPlan`], [`CodecError::CutShort`] and [`CodecError::Columns`] for other bytes; [`CodecError::Plan`] where the plan
/// asks for something that is not here.
pub fn decode(bytes: &[u8], here: Arc<dyn Surroundings>) -> Result<Planned, CodecError> {
    let rest = bytes.strip_prefix(MARK).ok_or(CodecError::NotAPlan)?;
    let (length, rest) = rest.split_first_chunk().ok_or(CodecError::CutShort)?;
    let length = usize::try_from(u64::from_le_bytes(*length)).map_err(|_| CodecError::CutShort)?;
    let (columns, plan) = rest.split_at_checked(length).ok_or(CodecError::CutShort)?;
    // The session knows the engine's own functions by their names.
    let session = SessionContext::new().task_ctx();
    let codec = Codec::new(here);
    let plan = stacker::grow(STACK_BYTES, || {
        logical_plan_from_bytes_with_extension_codec(plan, &session, &codec)
    })?;
    let columns = serde_json::from_slice(columns)?;
    Ok(Planned { plan, columns })
}

/// How many operators stand behind each other at most.
fn operators(plan: &LogicalPlan) -> usize {
    let mut most = 0;
    let mut waiting = vec![(plan, 1)];
    while let Some((plan, depth)) = waiting.pop() {
        most = most.max(depth);
        waiting.extend(plan.inputs().into_iter().map(|input| (input, depth + 1)));
    }
    most
}

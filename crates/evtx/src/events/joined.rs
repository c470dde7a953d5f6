//! Events that say something only beside others: the steps of a question for a name, and the transfers of a job that somebody
//! ordered. They are joined in the order of the log, whichever thread read them.

use whotalks_record::{JobId, NameAnswer, NameAnswers, Record, Text, Transfer, TransferJobs, TransferOrder};

/// What one event tells of something that others tell of, too.
#[derive(Debug)]
pub(crate) enum Told {
    /// A step of a question for a name.
    Answer(NameAnswer),
    /// Who ordered a job on a computer; Windows 7 does not say which.
    Order(Text, Option<JobId>, TransferOrder),
    /// A transfer of a job.
    Transfer(Transfer),
}

/// What was told before.
#[derive(Debug, Default)]
pub(crate) struct Joined {
    answers: NameAnswers,
    jobs: TransferJobs,
}

impl Joined {
    /// The record that an event completes, if any.
    pub(crate) fn take(&mut self, told: Told) -> Option<Record> {
        match told {
            Told::Answer(answer) => self.answers.take(answer).map(Record::Resolver),
            Told::Order(host, job, order) => {
                if let Some(job) = job {
                    self.jobs.order(Some(host), job, order);
                }
                None
            }
            Told::Transfer(transfer) => self.jobs.transfer(transfer).map(Record::Request),
        }
    }
}

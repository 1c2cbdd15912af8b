//! What can go wrong for a client, because somebody wants to see it.

use super::Clients;
use super::error::ClientError;
use super::name::ClientName;

/// What can go wrong for a client.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Fault {
    /// Answers get lost on their way back: the producer waits for its timeout and sends again what
    /// the service has stored, which makes duplicates.
    LostAnswers {
        /// How many of a million.
        millionths: u32,
    },
}

impl Clients {
    /// Makes something go wrong for a producer, from now on; a share of zero ends it.
    pub fn set_fault(&mut self, name: &ClientName, fault: Fault) -> Result<(), ClientError> {
        let Fault::LostAnswers { millionths } = fault;
        if millionths > 1_000_000 {
            return Err(ClientError::Share);
        }
        self.producer_mut(name)?.lose_answers(millionths);
        Ok(())
    }
}

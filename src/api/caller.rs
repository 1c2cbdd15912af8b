//! Who asks: the account itself, or one of its users.

use crate::engine::Simulation;
use crate::engine::service::account::Account;
use crate::engine::service::users::UserName;

/// Who asks.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub enum Caller {
    /// The account's root, which may do everything.
    #[default]
    Root,
    /// A user, who may do what policies allow.
    User(UserName),
}

impl Caller {
    /// The user that a profile of the command line is named after, if there is one; else root.
    pub fn of_profile(sim: &Simulation, profile: Option<&str>) -> Self {
        Self::of(profile.and_then(|name| sim.service().users().named(name)))
    }

    /// The user whose access key signed a request; any other key is root's, since signatures are
    /// not checked.
    pub fn of_access_key(sim: &Simulation, id: &str) -> Self {
        Self::of(sim.service().users().of_access_key(id))
    }

    /// The ARN, as denials and `lab cloudtrail` show it.
    pub fn arn(&self, account: &Account) -> String {
        match self {
            Self::Root => format!("arn:{}:iam::{}:root", account.partition(), account.id()),
            Self::User(name) => name.arn(account),
        }
    }

    fn of(user: Option<&UserName>) -> Self {
        user.map_or(Self::Root, |name| Self::User(name.clone()))
    }
}

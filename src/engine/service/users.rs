//! The account's named users, beside its root, which may do everything.
//!
//! Read first: <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_users.html>.

use super::Service;
use super::account::Account;
use super::policy::Policy;
use crate::engine::sorted::SortedMap;
use md5::{Digest, Md5};
use std::fmt;
use std::rc::Rc;

/// A user's name: 1 to 64 of `a-z A-Z 0-9 _ + = , . @ -`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UserName(Rc<str>);

impl UserName {
    /// The name of a text; `None` if it has other characters, none or too many.
    pub fn new(text: &str) -> Option<Self> {
        let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"_+=,.@-".contains(&byte);
        let is_name = (1..=64).contains(&text.len()) && text.bytes().all(allowed);
        is_name.then(|| Self(text.into()))
    }

    /// The ARN of the user.
    pub fn arn(&self, account: &Account) -> String {
        format!("arn:{}:iam::{}:user/{self}", account.partition(), account.id())
    }

    /// The identifier of the user's one access key: `AKIA` and 16 of `A-Z 2-7`, always the same
    /// for the same name.
    pub fn access_key_id(&self) -> String {
        let sum = Md5::digest(self.0.as_bytes());
        let letter =
            |byte: &u8| char::from(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"[*byte as usize % 32]);
        "AKIA".chars().chain(sum.iter().map(letter)).collect()
    }
}

impl fmt::Display for UserName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The users of the account, each with its policy.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Users(SortedMap<UserName, Policy>);

impl Users {
    /// The user of a name.
    pub fn named(&self, name: &str) -> Option<&UserName> {
        self.0.keys().find(|user| *user.0 == *name)
    }

    /// The policy of a user.
    pub fn policy(&self, user: &UserName) -> Option<&Policy> {
        self.0.get(user)
    }

    /// All users by name.
    pub fn iter(&self) -> impl Iterator<Item = &UserName> {
        self.0.keys()
    }

    /// The user whose access key this is.
    pub fn of_access_key(&self, id: &str) -> Option<&UserName> {
        self.0.keys().find(|user| user.access_key_id() == id)
    }
}

impl Service {
    /// The users of the account.
    pub fn users(&self) -> &Users {
        &self.users
    }

    /// Gives a user a policy instead of the one it may have; a user that is not there is added.
    pub fn put_user_policy(&mut self, name: UserName, policy: Policy) {
        self.users.0.insert(name, policy);
    }

    /// Removes a user; says whether there was one.
    pub fn remove_user(&mut self, name: &UserName) -> bool {
        self.users.0.remove(name).is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::service::account::Settings;

    #[test]
    fn users_are_found_by_name_and_by_access_key() {
        let mut service = Service::new(7, Settings::default());
        let ada = UserName::new("ada@example").expect("a name");
        let id = ada.access_key_id();
        assert!(id.len() == 20 && id.starts_with("AKIA"), "{id}");
        assert_eq!(service.users().of_access_key(&id), None);
        let policy = Policy { text: "{}".into(), statements: Vec::new().into() };
        service.put_user_policy(ada.clone(), policy);
        assert_eq!(service.users().named("ada@example"), Some(&ada));
        assert_eq!(service.users().of_access_key(&id), Some(&ada));
        assert_eq!(service.users().of_access_key("AKIAIOSFODNN7EXAMPLE"), None);
        assert!(service.remove_user(&ada) && !service.remove_user(&ada));
        for text in ["", "a b", "a/b", &"a".repeat(65)] {
            assert_eq!(UserName::new(text), None, "{text}");
        }
    }
}

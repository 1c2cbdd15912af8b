//! Policies: what a document allows, and what it denies.
//!
//! Read first: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html>.

use crate::engine::find::find;
use std::rc::Rc;

/// A policy document, read.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Policy {
    /// The document as it was written.
    pub text: Rc<str>,
    /// What it says, in its order, which does not matter.
    pub statements: Rc<[Statement]>,
}

/// One statement of a policy.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Statement {
    /// What it does to requests that it is about.
    pub effect: Effect,
    /// `kinesis:PutRecord`, whatever its case.
    pub actions: Patterns,
    /// ARNs.
    pub resources: Patterns,
    /// Whose requests: `*`, the account's number or the ARN of its root, or the ARN of a user;
    /// `None` in a user's own policy.
    pub principals: Option<Vec<Rc<str>>>,
}

/// What a statement does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Effect {
    /// It allows, unless another statement denies.
    Allow,
    /// It denies, whatever the others say.
    Deny,
}

/// Texts with `*` for any characters and `?` for any one.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Patterns {
    /// What one of them matches.
    Any(Vec<Rc<str>>),
    /// What none of them matches (`NotAction`, `NotResource`).
    None(Vec<Rc<str>>),
}

impl Policy {
    /// What the policy says about a request; `None` if nothing.
    pub fn says(&self, user_arn: &str, action: &str, resource: &str) -> Option<Effect> {
        let about = self.statements.iter().filter(|statement| {
            statement.is_about(user_arn)
                && statement
                    .actions
                    .match_text(&action.to_ascii_lowercase(), str::to_ascii_lowercase)
                && statement.resources.match_text(resource, str::to_owned)
        });
        about.map(|statement| statement.effect).max()
    }
}

impl Statement {
    /// Whether a principal is this user. The whole account as a principal denies all of its users,
    /// but allows none: it leaves that to their own policies.
    fn is_about(&self, user_arn: &str) -> bool {
        let Some(principals) = &self.principals else { return true };
        let of_account = find(user_arn, ":user/").map_or(user_arn, |at| &user_arn[..at]);
        let is_account = |name: &str| match name.strip_suffix(":root") {
            Some(root) => root == of_account,
            None => of_account.ends_with(&format!("::{name}")),
        };
        principals.iter().any(|name| {
            **name == *"*" || **name == *user_arn || self.effect == Effect::Deny && is_account(name)
        })
    }
}

impl Patterns {
    fn match_text(&self, text: &str, folded: impl Fn(&str) -> String) -> bool {
        let any = |patterns: &[Rc<str>]| {
            patterns.iter().any(|pattern| matches(folded(pattern).as_bytes(), text.as_bytes()))
        };
        match self {
            Self::Any(patterns) => any(patterns),
            Self::None(patterns) => !any(patterns),
        }
    }
}

/// Whether a text is what a pattern with `*` and `?` stands for, in the time of their product.
fn matches(pattern: &[u8], text: &[u8]) -> bool {
    let (mut at, mut from) = (0, 0);
    // Where the last star stands, and how much of the text it takes so far.
    let mut star = None;
    while from < text.len() {
        match pattern.get(at) {
            Some(b'*') => {
                star = Some((at, from));
                at += 1;
            }
            Some(&byte) if byte == b'?' || byte == text[from] => {
                at += 1;
                from += 1;
            }
            _ => match &mut star {
                Some((place, taken)) => {
                    *taken += 1;
                    (at, from) = (*place + 1, *taken);
                }
                None => return false,
            },
        }
    }
    pattern[at..].iter().all(|byte| *byte == b'*')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stars_and_question_marks_stand_for_characters() {
        for (pattern, text, expected) in [
            ("*", "", true),
            ("*", "anything", true),
            ("a?c", "abc", true),
            ("a?c", "ac", false),
            ("arn:*:stream/web-*", "arn:aws:kinesis:us-east-1:1:stream/web-1", true),
            ("arn:*:stream/web-*", "arn:aws:kinesis:us-east-1:1:stream/app-1", false),
            ("*ab", "aab", true),
            ("*ab*", "xaabx", true),
            ("a*b*c", "a-b-b-c", true),
            ("a*b*c", "a-c-b", false),
            ("", "a", false),
        ] {
            assert_eq!(matches(pattern.as_bytes(), text.as_bytes()), expected, "{pattern} {text}");
        }
        assert!(!matches("*a".repeat(50).as_bytes(), "a".repeat(49).as_bytes()));
    }

    #[test]
    fn a_denial_wins_and_silence_is_no_permission() {
        let any = |text: &str| Patterns::Any(vec![text.into()]);
        let statement = |effect, actions, resources| Statement {
            effect,
            actions: any(actions),
            resources: any(resources),
            principals: None,
        };
        let policy =
            |statements: Vec<Statement>| Policy { text: "".into(), statements: statements.into() };
        let allow = statement(Effect::Allow, "KINESIS:put*", "arn:x/*");
        let deny = statement(Effect::Deny, "*", "arn:x/secret");
        let both = policy(vec![deny, allow]);
        assert_eq!(both.says("ada", "kinesis:PutRecord", "arn:x/open"), Some(Effect::Allow));
        assert_eq!(both.says("ada", "kinesis:PutRecord", "arn:x/secret"), Some(Effect::Deny));
        assert_eq!(both.says("ada", "kinesis:GetRecords", "arn:x/open"), None);
        let mut other = statement(Effect::Allow, "*", "*");
        other.actions = Patterns::None(vec!["kinesis:Delete*".into()]);
        let other = policy(vec![other]);
        assert_eq!(other.says("ada", "kinesis:DeleteStream", "arn"), None);
        assert_eq!(other.says("ada", "kinesis:PutRecord", "arn"), Some(Effect::Allow));
    }

    #[test]
    fn the_account_as_a_principal_denies_its_users_but_does_not_allow_them() {
        for (principal, effect, expected) in [
            ("*", Effect::Allow, Some(Effect::Allow)),
            ("arn:aws:iam::123456789012:user/ada", Effect::Allow, Some(Effect::Allow)),
            ("arn:aws:iam::123456789012:user/bob", Effect::Allow, None),
            ("123456789012", Effect::Allow, None),
            ("123456789012", Effect::Deny, Some(Effect::Deny)),
            ("arn:aws:iam::123456789012:root", Effect::Deny, Some(Effect::Deny)),
            ("999999999999", Effect::Deny, None),
        ] {
            let statement = Statement {
                effect,
                actions: Patterns::Any(vec!["*".into()]),
                resources: Patterns::Any(vec!["*".into()]),
                principals: Some(vec![principal.into()]),
            };
            let policy = Policy { text: "".into(), statements: vec![statement].into() };
            let ada = "arn:aws:iam::123456789012:user/ada";
            assert_eq!(policy.says(ada, "kinesis:PutRecord", "arn"), expected, "{principal}");
        }
    }
}

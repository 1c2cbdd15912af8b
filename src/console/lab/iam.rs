//! `lab iam`: users of the account, and what they may do.

use super::arguments::Arguments;
use super::verb::{LabOption, Verb};
use crate::api::policy::{self, Attached};
use crate::console::output::Output;
use crate::console::state::Console;
use crate::engine::service::users::UserName;

pub(super) const VERB: Verb = Verb {
    name: "iam",
    words: "[USER]",
    doc: "Gives a user a policy, or lists users; aws … --profile USER asks as that user. Producers \
          and consumers of lab ask as the root.",
    options: &[
        LabOption {
            name: "--policy",
            value: "JSON",
            doc: "What the user may do, as IAM writes it. Conditions are left out. Naming the user \
                  again changes it.",
        },
        LabOption { name: "--remove", value: "", doc: "Removes the user." },
    ],
    examples: &[
        "lab iam ada --policy '{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \
         \"Allow\", \"Action\": \"kinesis:Put*\", \"Resource\": \"*\"}}'",
        "aws kinesis list-streams --profile ada",
        "lab iam ada",
        "lab iam",
        "lab iam ada --remove",
    ],
    run,
};

fn run(console: &mut Console, arguments: &Arguments) -> Result<Output, String> {
    let [name] = arguments.words[..] else {
        return list(console, arguments);
    };
    let policy = arguments.read_value("--policy", |text| policy::read(text, Attached::User))?;
    match (policy, arguments.has("--remove")) {
        (Some(_), true) => Err("write either --policy or --remove".to_owned()),
        (Some(policy), false) => {
            let name = user(name)?;
            console.simulation.request(|service, _| service.put_user_policy(name, policy));
            Ok(Output::default().kept())
        }
        (None, true) => {
            let name = user(name)?;
            if console.simulation.request(|service, _| service.remove_user(&name)) {
                return Ok(Output::default().kept());
            }
            Err(unknown(&name.to_string()))
        }
        (None, false) => show(console, name),
    }
}

fn list(console: &Console, arguments: &Arguments) -> Result<Output, String> {
    if arguments.has("--policy") || arguments.has("--remove") {
        return Err(format!("say whose: {}", VERB.examples[4]));
    }
    let users = console.simulation.service().users().iter();
    let account = console.simulation.account();
    let line = |user: &UserName| format!("{} {} {user}\n", user.access_key_id(), user.arn(account));
    Ok(Output::answer(users.map(line).collect::<String>()))
}

fn show(console: &Console, name: &str) -> Result<Output, String> {
    let users = console.simulation.service().users();
    match users.named(name).and_then(|user| users.policy(user)) {
        Some(policy) => Ok(Output::answer(format!("{}\n", policy.text))),
        None => Err(unknown(name)),
    }
}

fn user(name: &str) -> Result<UserName, String> {
    UserName::new(name)
        .ok_or_else(|| format!("{name} is no user's name: 1 to 64 of a-z A-Z 0-9 _ + = , . @ -"))
}

fn unknown(name: &str) -> String {
    format!("there is no user {name}: give one a policy with lab iam {name} --policy JSON")
}

//! Well-known commands that are not here, with what does the job.

use super::tool::TOOLS;
use crate::console::similar::close_matches;

/// Commands that are not here, each group with what to use instead.
const ABSENT: &[(&[&str], &str)] = &[
    (
        &[
            "cd", "ls", "pwd", "mkdir", "rm", "cp", "mv", "touch", "find", "chmod", "tee", "less",
            "more", "vi", "vim", "nano", "open", "source", ".", "bash", "sh", "zsh", "exec",
        ],
        "There are no files here: what is printed stays on the page, and NAME=$( … ) keeps it",
    ),
    (
        &["curl", "wget", "ssh", "scp", "ping", "nc", "telnet", "openssl"],
        "No command leaves the page: `aws kinesis …` reaches the streams that are in it",
    ),
    (
        &[
            "python", "python3", "pip", "pip3", "node", "npm", "java", "mvn", "go", "cargo",
            "ruby", "perl", "php",
        ],
        "No programs run here: `lab producer` and `lab consumer` do what programs on a stream do",
    ),
    (
        &[
            "brew",
            "apt",
            "apt-get",
            "yum",
            "dnf",
            "sudo",
            "docker",
            "kubectl",
            "terraform",
            "sam",
            "cdk",
            "make",
            "git",
        ],
        "Nothing needs to be installed or deployed: `aws kinesis create-stream` is all it takes",
    ),
    (
        &["sed", "awk", "xargs", "sort", "uniq", "perl"],
        "Pick values with `--query … --output text`, jq, grep, cut or tr, and loop with `for`",
    ),
    (&["read", "select", "dialog"], "Nobody can be asked: set a variable with NAME=value"),
    (
        &[
            "set", "shopt", "alias", "trap", "declare", "local", "readonly", "eval", "return",
            "exit", "logout", "ulimit",
        ],
        "Each line stands for itself: join commands with && to stop at the first that fails",
    ),
    (
        &["wait", "fg", "bg", "nohup", "disown", "watch"],
        "`sleep 10` lets time pass, `jobs` lists the lines in progress, `kill %1` ends one",
    ),
    (&["expr", "bc", "let"], "Count with `for i in {1..20}` or `seq`"),
    (&["history", "fc"], "The arrow keys bring earlier lines back"),
    (&["man", "info", "help"], "`lab help` lists the verbs of lab, `jobs` the lines in progress"),
    (&["$"], "The dollar sign is the prompt: leave it out"),
];

/// What is said of a command that is not here.
pub fn instead_of(name: &str) -> String {
    if let Some((_, instead)) = ABSENT.iter().find(|(names, _)| names.contains(&name)) {
        return format!("{name}: not part of this console. {instead}.\n");
    }
    if name.contains(['“', '”', '‘', '’']) {
        return format!("{name}: command not found. A shell wants straight quotes: \" and '.\n");
    }
    let mut known: Vec<&str> = TOOLS.iter().map(|(tool, _)| *tool).collect();
    known.extend(["aws", "lab", "sleep", "export", "jobs", "kill"]);
    match close_matches(name, &known, 70).first() {
        Some(meant) => format!("{name}: command not found. Did you mean `{meant}`?\n"),
        None => {
            format!("{name}: command not found. There are `aws kinesis …` and `lab …`.\n")
        }
    }
}

//! Who may use whom, and the paths in a file that say whom it uses.

use super::source::{Source, Token, tokens};

/// A module with all below it that has no row of its own, and what it may use besides itself.
struct Layer {
    name: &'static str,
    uses: &'static [&'static str],
    /// Parts of the above that it may not use.
    except: &'static [&'static str],
}

const fn layer(name: &'static str, uses: &'static [&'static str]) -> Layer {
    Layer { name, uses, except: &[] }
}

/// The layers, lowest first. The picture of them is in the front page, `src/lib.rs`.
const LAYERS: &[Layer] = &[
    // The ground that everything stands on.
    layer("engine::time", &[]),
    layer("engine::rng", &[]),
    layer("engine::schedule", &["engine::time"]),
    layer("engine::sorted", &[]),
    layer("engine::find", &[]),
    // Words that the service, its clients and everyone above share.
    layer("engine::actor", &["engine::time"]),
    layer("engine::refusal", &["engine::actor", "engine::service", "engine::time"]),
    layer(
        "engine::event",
        &["engine::actor", "engine::client", "engine::refusal", "engine::service", "engine::time"],
    ),
    // What AWS runs. It does not know its customers.
    layer(
        "engine::service",
        &[
            "engine::actor",
            "engine::event",
            "engine::find",
            "engine::refusal",
            "engine::rng",
            "engine::schedule",
            "engine::sorted",
            "engine::time",
        ],
    ),
    // What somebody outside collects of what the service pushes.
    layer("engine::outbox", &["engine::service", "engine::time"]),
    // What customers run. They know the service's requests, not its machinery.
    Layer {
        name: "engine::client",
        uses: &[
            "engine::actor",
            "engine::event",
            "engine::refusal",
            "engine::rng",
            "engine::schedule",
            "engine::service",
            "engine::sorted",
            "engine::time",
        ],
        except: &[
            "engine::service::log",
            "engine::service::segment",
            "engine::service::shard",
            "engine::service::stream",
            "engine::service::token_bucket",
        ],
    },
    layer("engine", &[]),
    layer("api", &["engine"]),
    // The files that a page is loaded in.
    layer("chunk", &[]),
    // What every command of the console is started with, and what it prints.
    layer("console::similar", &[]),
    layer("console::variables", &[]),
    layer("console::surroundings", &["console::variables", "engine"]),
    layer("console::output", &[]),
    // Commands. They know neither each other nor the shell that starts them.
    layer(
        "console::aws",
        &[
            "console::similar",
            "console::variables",
            "console::surroundings",
            "console::output",
            "api",
            "engine",
        ],
    ),
    layer(
        "console::lab",
        &[
            "console::aws::status",
            "console::similar",
            "console::output",
            "console::state",
            "api",
            "engine",
        ],
    ),
    layer("console", &["chunk", "api", "engine"]),
    // Enters recorded lines, as only tests do.
    layer("console::aws::recorded", &["console", "api", "engine"]),
    layer("journal", &["chunk", "console", "api", "engine"]),
    layer("insight", &["journal", "console", "api", "engine"]),
    layer("scene", &["insight", "journal", "console", "api", "engine"]),
    layer("lesson", &["insight", "journal", "console", "api", "engine"]),
    layer("share", &["chunk", "journal", "console", "api", "engine"]),
    layer("sizing", &["share", "insight", "console", "engine"]),
    layer(
        "bindings",
        &[
            "js_sys",
            "wasm_bindgen",
            "chunk",
            "share",
            "lesson",
            "scene",
            "insight",
            "journal",
            "console",
            "api",
            "engine",
        ],
    ),
    // Words for what others name.
    layer("text", &["sizing", "insight", "engine"]),
    layer(
        "app",
        &[
            "gloo_timers",
            "js_sys",
            "wasm_bindgen",
            "web_sys",
            "yew",
            "text",
            "chunk",
            "bindings",
            "sizing",
            "share",
            "lesson",
            "scene",
            "insight",
            "journal",
            "console",
            "api",
            "engine",
        ],
    ),
];

/// Crates that know a browser; a layer that may use one names it like a layer.
const BROWSER: &[&str] = &["gloo_timers", "js_sys", "wasm_bindgen", "web_sys", "yew"];

/// What a file of `src` uses without leave, as sentences.
pub fn violations(source: &Source) -> Vec<String> {
    let Some(module) = module_of(&source.path) else { return Vec::new() };
    let Some(own) = layer_of(&module) else {
        let path = &source.path;
        return vec![format!(
            "{path}:1: no layer; give `{module}` a row in tests/it/tidy/layers.rs"
        )];
    };
    let mut used = paths(source.above_tests(), &module);
    used.retain(|(used, _)| !may_use(own, used));
    let sentence = |(used, line): (String, usize)| {
        let what = if is_on_front_page(&used) {
            "name the module it lives in, so that its layer can be seen".to_owned()
        } else {
            leave(own)
        };
        format!("{}:{line}: uses `{used}`; {what}", source.path)
    };
    used.into_iter().map(sentence).collect()
}

fn may_use(own: &Layer, used: &str) -> bool {
    let is_in = |list: &[&str]| list.iter().any(|name| is_within(used, name));
    let is_free = own.name == "app" && is_on_front_page(used);
    is_free || is_within(used, own.name) || (is_in(own.uses) && !is_in(own.except))
}

/// Whether a path names something that the crate's root hands on.
fn is_on_front_page(used: &str) -> bool {
    used.starts_with(char::is_uppercase)
}

fn leave(own: &Layer) -> String {
    let uses = if own.uses.is_empty() { "nothing".into() } else { own.uses.join(", ") };
    let except = own.except.join(", ");
    let but = if except.is_empty() { "" } else { " but not " };
    format!("besides itself, `{}` may use {uses}{but}{except}", own.name)
}

/// `engine::service` for `src/engine/service.rs`; nothing for the front page and outside of `src`.
fn module_of(path: &str) -> Option<String> {
    match path.strip_prefix("src/")?.strip_suffix(".rs")? {
        "lib" => None,
        "main" => Some("app".to_owned()),
        module => Some(module.replace('/', "::")),
    }
}

/// The row of the closest module around.
fn layer_of(module: &str) -> Option<&'static Layer> {
    let around = LAYERS.iter().filter(|layer| is_within(module, layer.name));
    around.max_by_key(|layer| layer.name.len())
}

fn is_within(path: &str, name: &str) -> bool {
    path.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
}

/// The paths in the code that lead out of their module, each with its line.
fn paths(code: &str, module: &str) -> Vec<(String, usize)> {
    let tokens = tokens(code);
    let own = module.split("::").collect::<Vec<_>>();
    let mut found = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        let before = at.checked_sub(1).map_or("", |before| tokens[before].text);
        let opens = tokens.get(at + 1).is_some_and(|next| next.text == "::");
        // `pub(in crate::engine)` says who may look in, not what is used.
        if !opens || before == "::" || before == "in" {
            continue;
        }
        let rest = &tokens[at + 2..];
        match token.text {
            "crate" | "shardlab" => expand(rest, Vec::new(), &mut found),
            "self" => expand(rest, own.clone(), &mut found),
            "super" => expand(rest, own[..own.len() - 1].to_vec(), &mut found),
            name if BROWSER.contains(&name) => found.push((name.to_owned(), token.line)),
            _ => {}
        }
    }
    found
}

/// Follows a path from a segment on, through every branch of `{…}`.
fn expand<'a>(tokens: &[Token<'a>], start: Vec<&'a str>, found: &mut Vec<(String, usize)>) {
    let mut path = start;
    let line = tokens.first().map_or(0, |token| token.line);
    for (at, segment) in tokens.iter().enumerate().step_by(2) {
        match segment.text {
            "{" => {
                for branch in branches(&tokens[at + 1..]) {
                    expand(branch, path.clone(), found);
                }
                return;
            }
            "super" => drop(path.pop()),
            "self" | "*" => {}
            name => path.push(name),
        }
        if tokens.get(at + 1).is_none_or(|next| next.text != "::") {
            break;
        }
    }
    if !path.is_empty() {
        found.push((path.join("::"), line));
    }
}

/// The parts of a group, given what follows its `{`.
fn branches<'s, 'a>(tokens: &'s [Token<'a>]) -> Vec<&'s [Token<'a>]> {
    let mut branches = Vec::new();
    let (mut depth, mut start) = (0_u32, 0);
    for (at, token) in tokens.iter().enumerate() {
        match token.text {
            "{" => depth += 1,
            "}" if depth > 0 => depth -= 1,
            "," if depth > 0 => {}
            "," | "}" => {
                branches.push(&tokens[start..at]);
                start = at + 1;
                if token.text == "}" {
                    break;
                }
            }
            _ => {}
        }
    }
    branches.retain(|branch| !branch.is_empty());
    branches
}

#[test]
fn offences_are_seen_and_leave_is_respected() {
    let used = |path: &str, text: &str| {
        let (path, text) = (path.to_owned(), text.to_owned());
        let found = violations(&Source { path, text, is_for_tests: false });
        found.iter().map(|line| line.split('`').nth(1).unwrap_or("").to_owned()).collect::<Vec<_>>()
    };
    let service = "src/engine/service/shard.rs";
    assert_eq!(used(service, "use crate::api::Operation;"), ["api::Operation"]);
    assert_eq!(used(service, "use super::super::client::retry;"), ["engine::client::retry"]);
    assert_eq!(
        used(service, "use crate::{api, engine::{time::Instant, client::{self, keys::Key}}};"),
        ["api", "engine::client", "engine::client::keys::Key"]
    );
    assert_eq!(used(service, "fn f(s: &crate::journal::Journal) {}"), ["journal::Journal"]);
    assert_eq!(used(service, "use crate::Console;"), ["Console"]);
    assert_eq!(used(service, "use web_sys::Window;"), ["web_sys"]);
    assert_eq!(used("src/engine/client.rs", "use super::service::log::Log;").len(), 1);
    assert_eq!(used("src/unheard_of.rs", ""), ["unheard_of"]);

    let free = "use crate::engine::time::Instant; use super::{log, token_bucket::Bucket};
        pub(in crate::engine) fn f() {} // crate::api::x
        const A: &str = \"crate::api::x\"; const B: char = '\"'; fn g<'a>(x: &'a str) {}";
    assert_eq!(used(service, free), Vec::<String>::new());
    assert_eq!(used("src/app/store.rs", "use shardlab::Simulation; use yew::Html;").len(), 0);
    assert_eq!(used(service, "\n#[cfg(test)]\nmod tests { use crate::api::x; }").len(), 0);
}

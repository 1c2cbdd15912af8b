//! `base64`, as GNU's and, as far as they agree, macOS's.

use super::call::{Answer, Call, no_file, no_option};
use base64::Engine;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

/// Reads what is padded and what is not: the tool's own check is the length.
const LAX: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_allow_trailing_bits(true)
        .with_decode_padding_mode(DecodePaddingMode::RequireCanonical),
);

/// Encodes what is piped in, or decodes it.
pub fn run(call: &Call<'_>) -> Result<Answer, String> {
    let (mut decodes, mut wrap) = (false, 76);
    let mut arguments = call.arguments.iter();
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "-d" | "-D" | "--decode" => decodes = true,
            "-w" | "--wrap" | "-b" => {
                wrap = columns(arguments.next().map_or("", String::as_str))?;
            }
            "-" => {}
            other => match other.strip_prefix("-w").or_else(|| other.strip_prefix("--wrap=")) {
                Some(text) => wrap = columns(text)?,
                None if other.starts_with('-') => {
                    return Err(no_option(other, "-d, --decode and -w COLUMNS"));
                }
                None => return Err(no_file(other)),
            },
        }
    }
    let input = call.input()?;
    if decodes {
        return Ok(decode(input));
    }
    let encoded = LAX.encode(input);
    if wrap == 0 {
        return Ok(Answer::of(encoded));
    }
    let mut lines = Vec::with_capacity(encoded.len() + encoded.len() / wrap + 1);
    for line in encoded.as_bytes().chunks(wrap) {
        lines.extend_from_slice(line);
        lines.push(b'\n');
    }
    Ok(Answer::of(lines))
}

fn columns(text: &str) -> Result<usize, String> {
    text.parse().map_err(|_| format!("invalid wrap size: '{text}'"))
}

/// Prints what can be decoded before the first thing that cannot.
fn decode(input: &[u8]) -> Answer {
    let text: Vec<u8> = input.iter().copied().filter(|byte| *byte != b'\n').collect();
    let mut stdout = Vec::with_capacity(text.len() / 4 * 3);
    for group in text.chunks(4) {
        match LAX.decode(group) {
            Ok(bytes) if group.len() == 4 => stdout.extend(bytes),
            _ => {
                return Answer { stdout, complaint: INVALID.to_owned(), status: 1 };
            }
        }
    }
    Answer::of(stdout)
}

/// GNU's words.
const INVALID: &str = "base64: invalid input\n";

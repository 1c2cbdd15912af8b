//! A decoder of event streams that knows nothing of the one that writes them.

/// One frame: its headers, and its payload.
#[derive(Debug, PartialEq, Eq)]
pub struct Frame {
    pub headers: Vec<(String, String)>,
    pub payload: Vec<u8>,
}

impl Frame {
    pub fn header(&self, name: &str) -> &str {
        let found = self.headers.iter().find(|(header, _)| header == name);
        found.map_or("", |(_, value)| value)
    }

    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.payload).unwrap()
    }
}

/// Takes a body apart; the error says what is wrong with it.
pub fn frames(mut body: &[u8]) -> Result<Vec<Frame>, &'static str> {
    let mut frames = Vec::new();
    while !body.is_empty() {
        let (total, headers) = (word(body, 0)?, word(body, 4)?);
        let frame = body.get(..total as usize).ok_or("a frame is cut off")?;
        let end = frame.len().checked_sub(4).ok_or("a frame is too short")?;
        if word(frame, 8)? != crc(&frame[..8]) {
            return Err("the prelude's checksum");
        }
        if word(frame, end)? != crc(&frame[..end]) {
            return Err("the message's checksum");
        }
        let payload = 12 + headers as usize;
        let mut rest = frame.get(12..payload).ok_or("the headers are cut off")?;
        let mut found = Vec::new();
        while let Some((&length, after)) = rest.split_first() {
            let (name, after) = after.split_at_checked(length.into()).ok_or("a name")?;
            let (kind, after) = after.split_at_checked(3).ok_or("a value")?;
            if kind[0] != 7 {
                return Err("a header that is no text");
            }
            let length = u16::from_be_bytes([kind[1], kind[2]]);
            let (value, after) = after.split_at_checked(length.into()).ok_or("a value")?;
            let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
            found.push((text(name), text(value)));
            rest = after;
        }
        let payload = frame.get(payload..end).ok_or("the payload is cut off")?;
        frames.push(Frame { headers: found, payload: payload.to_vec() });
        body = &body[total as usize..];
    }
    Ok(frames)
}

fn word(bytes: &[u8], at: usize) -> Result<u32, &'static str> {
    let word = bytes.get(at..at + 4).ok_or("a frame is too short")?;
    Ok(u32::from_be_bytes(word.try_into().unwrap()))
}

/// CRC-32, bit by bit.
fn crc(bytes: &[u8]) -> u32 {
    let mut rest = u32::MAX;
    for &byte in bytes {
        rest ^= u32::from(byte);
        for _ in 0..8 {
            rest = if rest & 1 == 1 { rest >> 1 ^ 0xedb8_8320 } else { rest >> 1 };
        }
    }
    !rest
}

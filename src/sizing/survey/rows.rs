//! From a row to a record that is counted, or a reason why it cannot be.

use super::Rows;
use crate::engine::client::keys::UNIQUE_KEY_BYTES;
use crate::engine::service::hash_key::HashKey;
use crate::engine::service::limits::PARTITION_KEY_CHARS;
use crate::engine::service::payload::Payload;
use crate::engine::time::Instant;
use crate::sizing::findings::{Reason, bucket};
use crate::sizing::form::{Form, Shape};
use crate::sizing::text::cells;
use crate::sizing::text::json::{self, Found, Member};
use crate::sizing::text::moment::moment;

/// The members that a survey of NDJSON needs: that of the key and that of the time, which may be
/// the same one.
pub fn members(form: &Form, key: Option<u32>, time: Option<u32>) -> Vec<Member> {
    let places = [key, time.filter(|time| Some(*time) != key)];
    let name = |place: u32| form.columns[place as usize].name.clone();
    let member = |place| Member { name: name(place), ..Member::default() };
    places.into_iter().flatten().map(member).collect()
}

impl Rows {
    /// Counts a row.
    pub(super) fn row(&mut self, row: &[u8]) -> Result<(), Reason> {
        if row.len() as u64 > self.record_bytes_max {
            return Err(Reason::Size);
        }
        let text = std::str::from_utf8(row).map_err(|_| Reason::Encoding)?;
        match self.shape {
            Shape::Ndjson => self.object(text),
            _ => self.cells(row),
        }
    }

    fn object(&mut self, text: &str) -> Result<(), Reason> {
        let mut members = std::mem::take(&mut self.members);
        let is_object = json::read(text, &mut members).is_some();
        let said = |place: usize| {
            let member = members.get(place).filter(|member| member.found == Found::Yes);
            member.map(|member| member.value.as_bytes())
        };
        // The time has a member of its own only if it is another one than the key's.
        let time = if self.key.is_some() && self.key != self.time { said(1) } else { said(0) };
        let counted =
            if is_object { self.record(text.len(), said(0), time) } else { Err(Reason::Json) };
        self.members = members;
        counted
    }

    fn cells(&mut self, row: &[u8]) -> Result<(), Reason> {
        let (wanted_key, wanted_time) = (self.key, self.time);
        let (mut key, mut time) = (None, None);
        let count = cells::cells(self.shape, row, &mut |place, cell| {
            if Some(place) == wanted_key {
                key = Some(cell);
            }
            if Some(place) == wanted_time {
                time = Some(cell);
            }
        });
        if self.shape != Shape::Plain && count != self.width {
            return Err(Reason::Cells);
        }
        let mut room = std::mem::take(&mut self.room);
        let mut time_room = Vec::new();
        let time = time.map(|cell| cells::said(self.shape, cell, &mut time_room));
        let key = key.map(|cell| cells::said(self.shape, cell, &mut room));
        let counted = self.record(row.len(), key, time);
        self.room = room;
        counted
    }

    /// Counts a record of so many bytes of data.
    fn record(
        &mut self,
        length: usize,
        key: Option<&[u8]>,
        time: Option<&[u8]>,
    ) -> Result<(), Reason> {
        let key = match self.key {
            None => None,
            Some(_) => Some(key.filter(|key| !key.is_empty()).ok_or(Reason::NoKey)?),
        };
        if key.is_some_and(is_long) {
            return Err(Reason::LongKey);
        }
        let at = match self.time {
            None => None,
            Some(_) => Some(time.and_then(moment).ok_or(Reason::Time)?),
        };
        let key_bytes = key.map_or(u64::from(UNIQUE_KEY_BYTES), |key| key.len() as u64);
        let bytes = length as u64 + key_bytes;
        if bytes > self.record_bytes_max {
            return Err(Reason::Size);
        }
        self.count(key, at, bytes);
        Ok(())
    }

    fn count(&mut self, key: Option<&[u8]>, at: Option<Instant>, bytes: u64) {
        self.progress.records += 1;
        self.total.add(1, bytes);
        self.largest = self.largest.max(bytes);
        self.payload += Payload::of(u32::try_from(bytes).expect("10 MiB at most"));
        let hash = key.map(|key| {
            let text = std::str::from_utf8(key).expect("a part of a row, which is UTF-8");
            let hash = HashKey::of(text).0;
            self.keys.count(hash, key, bytes);
            let half = u64::try_from(hash >> 64).expect("the first half");
            self.space[bucket(half)].add(1, bytes);
            half
        });
        if let Some(at) = at {
            self.timeline.count(at, hash, bytes);
            let (first, last) = self.span.unwrap_or((at, at));
            self.span = Some((first.min(at), last.max(at)));
        }
    }
}

/// Whether a key has more characters than AWS takes. Few have so many bytes.
fn is_long(key: &[u8]) -> bool {
    let begins = |byte: &&u8| **byte & 0xc0 != 0x80;
    let most = PARTITION_KEY_CHARS.value;
    key.len() as u64 > most && key.iter().filter(begins).count() as u64 > most
}

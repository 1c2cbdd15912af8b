//! The JavaScript face: a world of its own for scripts, in a page or under Node.
//!
//! ```js
//! const lab = new Shardlab();
//! lab.enter("aws kinesis create-stream --stream-name clicks --shard-count 2");
//! lab.advance(10_000);
//! JSON.parse(lab.enter("aws kinesis list-streams").stdout).StreamNames; // ["clicks"]
//! ```

use crate::engine::client::dataset::Dataset;
use crate::engine::client::name::ClientName;
use crate::journal::Journal;
use js_sys::{Date, Error};
use serde::Serialize;
use std::rc::Rc;
use std::time::Duration;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

/// A world and the console that changes it.
#[wasm_bindgen]
#[derive(Debug, Default)]
pub struct Shardlab {
    journal: Journal,
}

/// What a line printed, as scripts see it.
#[derive(Serialize)]
struct Printed<'a> {
    stdout: &'a str,
    stderr: &'a str,
    status: u8,
}

#[wasm_bindgen]
impl Shardlab {
    /// A world in which nothing has happened yet.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Self {
        Self::default()
    }

    /// Hands in data for `lab replay`, as CSV or NDJSON; before the first line.
    #[wasm_bindgen(js_name = addData)]
    pub fn add_data(&mut self, name: &str, text: &str) -> Result<(), Error> {
        let name = ClientName::new(name).ok_or_else(|| Error::new("not a name of data"))?;
        let data = Dataset::read(text).map_err(|error| Error::new(&error.to_string()))?;
        let simulation = self.journal.simulation_mut();
        simulation.command(|clients, _, _| clients.add_dataset(name, Rc::new(data)));
        Ok(())
    }

    /// Enters a line, lets it wait as long as it asks to, and answers
    /// `{ stdout, stderr, status }`.
    pub fn enter(&mut self, line: &str) -> Result<JsValue, JsValue> {
        let output = self.journal.run(line);
        self.journal.simulation_mut().drop_events();
        let (stdout, stderr) = (&output.stdout, &output.stderr);
        let printed = Printed { stdout, stderr, status: output.status };
        Ok(serde_wasm_bindgen::to_value(&printed)?)
    }

    /// Lets whole milliseconds pass.
    pub fn advance(&mut self, millis: u32) {
        let until = self.journal.simulation().now() + Duration::from_millis(millis.into());
        self.journal.advance(until);
        self.journal.simulation_mut().drop_events();
    }

    /// The simulated date and time.
    #[wasm_bindgen(getter)]
    pub fn now(&self) -> Date {
        #[expect(clippy::cast_precision_loss, reason = "JavaScript's dates are floats")]
        let millis = self.journal.simulation().now().millis() as f64;
        Date::new(&millis.into())
    }

    /// One hash of the whole state: equal for the same lines on every machine.
    pub fn digest(&self) -> String {
        format!("{:016x}", self.journal.simulation().digest())
    }
}

//! What a console is: a world, files for its lines, and what its shell keeps.
//!
//! What is done with it stands above: the verbs of `lab`, the shell, and whoever enters lines.

use std::rc::Rc;

use super::output::Output;
use super::shell::Shell;
use super::surroundings::Files;
use crate::engine::Simulation;
use crate::engine::time::Instant;

/// A world and the console that changes it.
///
/// Entering a line takes no simulated time: a line that waits says how long ([`Output::wait`]), and
/// whoever holds the clock lets that time pass before the next line. A line that sleeps with more
/// to do, or that pauses before it makes a request again, becomes a script in progress
/// ([`Output::job`]), which goes on while time passes.
///
/// At one instant everything has its turn: first what was due by then in the world, then the
/// scripts that are due, in the order of their numbers, then the lines that are entered, and last
/// what those scripts and lines have planned for that very instant.
///
/// ```
/// use shardlab::console::Console;
///
/// let mut console = Console::default();
/// let output = console.enter("aws kinesis create-stream --stream-name orders --shard-count 2");
/// assert_eq!((output.status, output.stdout.as_str()), (0, ""));
/// let output = console.enter("aws kinesis list-streams");
/// assert!(output.stdout.contains("\"orders\""));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Console {
    pub(super) simulation: Simulation,
    /// When the world began.
    start: Instant,
    /// Whether a line has reached the world.
    pub(super) has_begun: bool,
    /// What `file://` may name.
    pub(super) files: Files,
    pub(super) shell: Shell,
}

impl Default for Console {
    /// The world of a run that says nothing else: seed 1, starting at
    /// [`Instant::DEFAULT_START`].
    fn default() -> Self {
        Self::new(Simulation::new(1, Instant::DEFAULT_START))
    }
}

impl Console {
    /// A console on a world.
    pub fn new(simulation: Simulation) -> Self {
        let (files, shell) = (Files::default(), Shell::default());
        Self { start: simulation.now(), simulation, has_begun: false, files, shell }
    }

    /// The world.
    pub fn simulation(&self) -> &Simulation {
        &self.simulation
    }

    /// The world, to let time pass and to take its events.
    pub fn simulation_mut(&mut self) -> &mut Simulation {
        &mut self.simulation
    }

    /// Puts a file where `file://` and `fileb://` find it; a name that is taken now names this one.
    pub fn add_file(&mut self, name: impl Into<String>, bytes: impl Into<Rc<[u8]>>) {
        self.files.insert(name.into(), bytes.into());
    }

    /// A copy whose world has no events that were not yet taken: what a checkpoint keeps.
    #[must_use]
    pub fn without_events(&self) -> Self {
        let simulation = self.simulation.without_events();
        let (files, shell) = (self.files.clone(), self.shell.as_replayed());
        Self { simulation, files, shell, ..*self }
    }

    /// The files that `file://` may name.
    pub fn files(&self) -> &Files {
        &self.files
    }

    /// What the shell keeps between lines.
    pub fn shell(&self) -> &Shell {
        &self.shell
    }

    /// The same, to take what scripts have printed.
    pub fn shell_mut(&mut self) -> &mut Shell {
        &mut self.shell
    }

    /// When the next script goes on, if that is by then.
    pub(super) fn next_script(&self, until: Instant) -> Option<Instant> {
        let due = self.shell.next_due().filter(|due| *due <= until);
        due.map(|due| due.max(self.simulation.now()))
    }

    /// When something will happen by itself; `None` if nothing ever will.
    pub fn next_due(&self) -> Option<Instant> {
        self.simulation.next_due().into_iter().chain(self.shell.next_due()).min()
    }

    /// How many tasks and commands were performed since the start: how much work it is to come here
    /// again.
    pub fn tasks_performed(&self) -> u64 {
        self.simulation.tasks_performed() + self.shell.commands()
    }

    /// Begins another world; the files and what the shell keeps stay.
    pub(super) fn begin(&mut self, simulation: Simulation) {
        (self.start, self.has_begun) = (simulation.now(), true);
        self.simulation = simulation;
    }

    /// Remembers how a line ended that performed so many commands.
    pub(super) fn end_line(&mut self, output: &Output, commands: u64) {
        self.shell.end_line(output, commands);
        if output.is_kept() {
            self.begin_turn();
        }
    }

    /// Remembers that a line or a script has its turn now.
    pub(super) fn begin_turn(&mut self) {
        self.shell.begin_turn(self.simulation.now(), self.simulation.tasks_performed());
    }

    /// Whether anything has happened: a line has reached the world, or time has passed.
    pub fn has_begun(&self) -> bool {
        self.has_begun || self.simulation.now() != self.start
    }
}

//! What a prompt asks of its hands, and what it gives them to work with. Between the two, so that
//! the hands can be a chunk that only the prompt names.

use super::completion::Completion;
use super::edit::Field;
use crate::text;
use yew::prelude::*;

/// The list of candidates, for the field that it belongs to.
pub const POPUP_ID: &str = "console-candidates";

/// What hands work with.
#[derive(Clone)]
pub struct Tools {
    /// The field.
    pub field: NodeRef,
    /// Draws the prompt anew.
    pub update: UseForceUpdateHandle,
    /// Enters commands.
    pub on_enter: Callback<Vec<String>>,
    /// Asks what the word at the cursor could become.
    pub on_complete: Callback<Field, Completion>,
    /// Empties the log.
    pub on_clear: Callback<()>,
    /// Stops what is in progress.
    pub on_interrupt: Callback<()>,
}

/// Does what keys are for.
pub trait Hands {
    /// The field was changed by whatever means.
    fn typed(&self);
    /// A key is pressed in the field.
    fn pressed(&self, event: &KeyboardEvent);
    /// Something is pasted.
    fn pasted(&self, event: &Event);
    /// The field is entered as it is.
    fn submitted(&self);
    /// The focus left the field.
    fn left(&self);
    /// A text is entered that was typed before anything else.
    fn catch_up(&self, text: &str);
    /// What is shown beside the field.
    fn offer(&self, text: &'static text::Console) -> Offer;
    /// That has been drawn.
    fn drawn(&self);
}

/// What is shown beside the field.
#[derive(Clone, Debug, Default)]
pub struct Offer {
    /// The search, or the list of candidates.
    pub view: Html,
    /// How many candidates there are, if a list is shown.
    pub candidates: Option<u64>,
    /// The id of the one that is chosen.
    pub chosen: Option<String>,
    /// Another one asks for [`Hands::drawn`].
    pub key: [u64; 2],
}

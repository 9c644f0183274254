//! The one small model: tokenizer, int8 weights, and the kernels that run them.
//!
//! ```
//! use onrecord_extract::{Encoder, Words};
//!
//! let model = onrecord_model::Model::embedded();
//! let mut words = Words::default();
//! model.split("The minister said no.", &mut words);
//! assert_eq!(words.words.len(), 5);
//! ```
//!
//! The same input gives the same output, to the bit: on every instruction set, on every thread, whatever
//! was read before. Nothing here knows about news; the meaning of the scores is `onrecord-extract`'s.

mod encoder;
mod error;
mod heads;
mod kernel;
mod spans;
mod vocabulary;
mod weights;
mod wordpiece;

use std::fmt;
use std::ops::Range;
use std::sync::{Mutex, PoisonError};

use onrecord_extract::{
    Input, Label, N_TAGS, Pointer, ScoredSpan, SpanKind, SpanLink, SpanVector, Standing, Vectors,
    Words,
};

use crate::encoder::Scratch;
pub use crate::error::Error;
use crate::kernel::Cpu;
use crate::vocabulary::Vocabulary;
use crate::weights::Weights;

/// The encoder and its heads; shared by all threads.
pub struct Model {
    cpu: Cpu,
    vocabulary: Vocabulary,
    encoder: encoder::Encoder,
    heads: heads::Heads,
    spans: spans::SpanHeads,
    /// Room for windows, as much as calls ran at the same time.
    scratch: Mutex<Vec<Scratch>>,
}

impl Model {
    /// The model that this crate carries.
    pub fn embedded() -> Self {
        Self::from_bytes(weights::embedded()).expect("the embedded file is tested")
    }

    /// A model from a weights file; the format is described in `train/onrecord_train/export.py`.
    ///
    /// # Errors
    ///
    /// If the file is damaged, of another format, or lacks a tensor.
    pub fn from_bytes(bytes: &'static [u8]) -> Result<Self, Error> {
        let fastest = Cpu::all()[0];
        Self::on(fastest, bytes)
    }

    /// A model for each instruction set that this machine has, by name, the fastest first.
    ///
    /// They answer alike; tests and benchmarks make sure of it.
    #[doc(hidden)]
    pub fn on_each_instruction_set() -> Vec<(&'static str, Self)> {
        let on = |cpu: Cpu| {
            let model = Self::on(cpu, weights::embedded()).expect("the embedded file is tested");
            (cpu.name(), model)
        };
        Cpu::all().into_iter().map(on).collect()
    }

    fn on(cpu: Cpu, bytes: &'static [u8]) -> Result<Self, Error> {
        let weights = Weights::open(bytes)?;
        let encoder = encoder::Encoder::load(&weights, cpu.packing())?;
        Ok(Self {
            cpu,
            vocabulary: Vocabulary::new(weights.bytes("vocabulary")?, encoder.n_pieces())?,
            heads: heads::Heads::load(&weights, encoder.width())?,
            spans: spans::SpanHeads::load(&weights, encoder.width())?,
            encoder,
            scratch: Mutex::default(),
        })
    }
}

impl onrecord_extract::Encoder for Model {
    fn split(&self, paragraph: &str, out: &mut Words) {
        wordpiece::split(&self.vocabulary, paragraph, out);
    }

    fn encode(&self, input: &Input<'_>) -> Vectors {
        // A panic leaves nothing half done in the pool, so a poisoned lock is as good as any.
        let pool = || self.scratch.lock().unwrap_or_else(PoisonError::into_inner);
        let mut scratch = pool().pop().unwrap_or_default();
        let values = self.encoder.encode(self.cpu, input, &mut scratch);
        pool().push(scratch);
        Vectors { width: self.encoder.width(), values }
    }

    fn tags(&self, layer: usize, vectors: &Vectors) -> Vec<[f32; N_TAGS]> {
        (1..vectors.n_rows())
            .map(|row| self.heads.tags(self.cpu, layer, vectors.row(row)))
            .collect()
    }

    fn transitions(&self, layer: usize) -> &[[f32; N_TAGS]; N_TAGS] {
        self.heads.transitions(layer)
    }

    fn point(&self, pointer: Pointer, vectors: &Vectors, from: usize, to: &[usize]) -> Vec<f32> {
        self.heads.point(self.cpu, pointer, &vectors.values, from, to)
    }

    fn spans(&self, kind: SpanKind, vectors: &Vectors, from: usize, floor: f32) -> Vec<ScoredSpan> {
        self.spans.spans(self.cpu, kind, vectors, from, floor)
    }

    fn span_vectors(
        &self,
        kind: SpanKind,
        vectors: &Vectors,
        spans: &[Range<usize>],
        offset: usize,
    ) -> Vec<SpanVector> {
        self.spans.vectors(self.cpu, kind, vectors, spans, offset)
    }

    fn label(&self, label: Label, span: &SpanVector) -> Vec<f32> {
        self.spans.label(self.cpu, label, span)
    }

    fn link(
        &self,
        link: SpanLink,
        from: &[SpanVector],
        to: &[SpanVector],
        standing: impl Fn(usize, usize) -> Standing,
    ) -> Vec<Vec<f32>> {
        self.spans.link(self.cpu, link, from, to, standing)
    }
}

impl fmt::Debug for Model {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Model").field("cpu", &self.cpu).finish_non_exhaustive()
    }
}

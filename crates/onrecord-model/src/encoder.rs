//! The forward pass: BERT's, with the surface features added to its input (`train/onrecord_train/model.py`).

use onrecord_extract::Input;

use crate::error::{Error, Kind};
use crate::kernel::{Cpu, HEAD, Linear, Norm, Packing, Room, Rows, Then};
use crate::weights::{Matrix, Weights};

/// Tokens that go through all that follows the attention together: their inner activations stay in the
/// second cache, and weights come from the third once for all of them.
const GROUP: usize = 64;

/// All outputs of a linear layer come in panels of so many.
const PANEL: usize = 64;

/// Weights of the encoder.
#[derive(Debug)]
pub(crate) struct Encoder {
    width: usize,
    inner: usize,
    pieces: Matrix,
    positions: Matrix,
    shapes: Matrix,
    quotes: Matrix,
    starts: Matrix,
    norm: Norm,
    blocks: Vec<Block>,
}

#[derive(Debug)]
struct Block {
    qkv: Linear,
    out: Linear,
    norm1: Norm,
    up: Linear,
    down: Linear,
    norm2: Norm,
}

/// Room for one window; grows to the longest seen.
#[derive(Debug, Default)]
pub(crate) struct Scratch {
    n: usize,
    /// The residual stream.
    x: Vec<f32>,
    x_rows: Rows,
    qkv: Vec<f32>,
    mixed: Vec<f32>,
    room: Room,
    group: Group,
}

/// Room for [`GROUP`] tokens after the attention.
#[derive(Debug, Default)]
struct Group {
    rows: Rows,
    inner: Vec<f32>,
    inner_rows: Rows,
}

impl Encoder {
    pub(crate) fn load(weights: &Weights, packing: Packing) -> Result<Self, Error> {
        let width = weights.len("encoder.norm.weight")?;
        let inner = weights.len("encoder.blocks.0.up.bias")?;
        for (name, found) in [("width", width), ("inner width", inner)] {
            if found == 0 || !found.is_multiple_of(PANEL) {
                return Err(Kind::Size { name, found, multiple_of: PANEL }.into());
            }
        }
        let table = |name: &str| weights.matrix(&format!("encoder.{name}.weight"), None, width);
        let mut blocks = Vec::new();
        while weights.has(&format!("encoder.blocks.{}.qkv.weight", blocks.len())) {
            let at = format!("encoder.blocks.{}", blocks.len());
            let mut qkv = weights.linear(packing, &format!("{at}.qkv"), width, 3 * width)?;
            qkv.rescale(width, 1.0 / (HEAD as f32).sqrt());
            blocks.push(Block {
                qkv,
                out: weights.linear(packing, &format!("{at}.out"), width, width)?,
                norm1: weights.norm(&format!("{at}.norm1"), width)?,
                up: weights.linear(packing, &format!("{at}.up"), width, inner)?,
                down: weights.linear(packing, &format!("{at}.down"), inner, width)?,
                norm2: weights.norm(&format!("{at}.norm2"), width)?,
            });
        }
        if blocks.is_empty() {
            return Err(Kind::Missing("encoder.blocks.0.qkv.weight".to_owned()).into());
        }
        Ok(Self {
            width,
            inner,
            pieces: table("piece")?,
            positions: table("position")?,
            shapes: table("shape")?,
            quotes: table("quote")?,
            starts: table("start")?,
            norm: weights.norm("encoder.norm", width)?,
            blocks,
        })
    }

    pub(crate) fn width(&self) -> usize {
        self.width
    }

    pub(crate) fn n_pieces(&self) -> usize {
        self.pieces.scale.len()
    }

    /// The last layer's vectors of `input.rows`, row by row.
    ///
    /// # Panics
    ///
    /// If the parts of `input` differ in length, are longer than the longest window of the model, or
    /// hold numbers that it does not know.
    pub(crate) fn encode(&self, cpu: Cpu, input: &Input<'_>, scratch: &mut Scratch) -> Vec<f32> {
        let n = input.ids.len();
        let same = [input.shape.len(), input.quote.len(), input.start.len()] == [n; 3];
        assert!(same, "the parts of a window run over the same pieces");
        assert!(
            n <= self.positions.scale.len(),
            "a window is no longer than the model's positions"
        );
        self.reserve(n, scratch);
        let width = self.width;
        let Scratch { x, x_rows, qkv, mixed, room, group, .. } = scratch;
        let (x, qkv, mixed) =
            (&mut x[..n * width], &mut qkv[..n * 3 * width], &mut mixed[..n * width]);
        self.embed(input, x);
        cpu.normalise(x, &self.norm, x_rows, 0);
        let (last, others) = self.blocks.split_last().expect("`load` wants a block");
        for block in others {
            cpu.multiply(&block.qkv, x_rows, 0, Then::Store, qkv);
            cpu.attend(qkv, width, room, mixed);
            self.after_attention(cpu, block, mixed, x, x_rows, group);
        }
        cpu.multiply(&last.qkv, x_rows, 0, Then::Store, qkv);
        cpu.attend(qkv, width, room, mixed);
        // Nobody reads the last layer's other rows.
        let wanted = |of: &[f32]| -> Vec<f32> {
            input
                .rows
                .iter()
                .flat_map(|&row| &of[row as usize * width..][..width])
                .copied()
                .collect()
        };
        let (mut out, mixed) = (wanted(x), wanted(mixed));
        self.after_attention(cpu, last, &mixed, &mut out, x_rows, group);
        out
    }

    /// The sum of each piece's embeddings.
    fn embed(&self, input: &Input<'_>, x: &mut [f32]) {
        for (i, x) in x.chunks_exact_mut(self.width).enumerate() {
            let rows = self.pieces.row(input.ids[i] as usize);
            let rows = rows.zip(self.positions.row(i));
            let rows = rows.zip(self.shapes.row(usize::from(input.shape[i])));
            let rows = rows.zip(self.quotes.row(usize::from(input.quote[i])));
            let rows = rows.zip(self.starts.row(usize::from(input.start[i])));
            for (x, ((((piece, position), shape), quote), start)) in x.iter_mut().zip(rows) {
                *x = piece + position + shape + quote + start;
            }
        }
    }

    /// From the mixed values to the block's output in `x`, and its quantised form in `x_rows`.
    fn after_attention(
        &self,
        cpu: Cpu,
        block: &Block,
        mixed: &[f32],
        x: &mut [f32],
        x_rows: &mut Rows,
        group: &mut Group,
    ) {
        let Group { rows, inner, inner_rows } = group;
        let groups = mixed.chunks(GROUP * self.width).zip(x.chunks_mut(GROUP * self.width));
        for (i, (mixed, x)) in groups.enumerate() {
            let inner = &mut inner[..x.len() / self.width * self.inner];
            cpu.quantise(mixed, self.width, rows);
            cpu.multiply(&block.out, rows, 0, Then::Add, x);
            cpu.normalise(x, &block.norm1, rows, 0);
            cpu.multiply(&block.up, rows, 0, Then::Gelu, inner);
            cpu.quantise(inner, self.inner, inner_rows);
            cpu.multiply(&block.down, inner_rows, 0, Then::Add, x);
            cpu.normalise(x, &block.norm2, x_rows, i * GROUP);
        }
    }

    fn reserve(&self, n: usize, scratch: &mut Scratch) {
        if scratch.n >= n {
            return;
        }
        let width = self.width;
        *scratch = Scratch {
            n,
            x: vec![0.0; n * width],
            x_rows: Rows::new(n, width),
            qkv: vec![0.0; n * 3 * width],
            mixed: vec![0.0; n * width],
            room: Room::default(),
            group: Group {
                rows: Rows::new(GROUP, width),
                inner: vec![0.0; GROUP * self.inner],
                inner_rows: Rows::new(GROUP, self.inner),
            },
        };
    }
}

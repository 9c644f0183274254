//! The weights file, as `train/onrecord_train/export.py` describes and writes it.

use safetensors::{Dtype, SafeTensors, tensor::TensorView};

use crate::error::{Error, Kind};
use crate::kernel::{Linear, Norm, Packing};

/// The format that this version reads.
pub(crate) const FORMAT: &str = "3";

/// Bytes at an address that suits all their tensors.
#[repr(C, align(64))]
struct Aligned<T: ?Sized>(T);

static EMBEDDED: &Aligned<[u8]> = &Aligned(*include_bytes!("../weights/onrecord.safetensors"));

/// The file that this crate carries.
pub(crate) fn embedded() -> &'static [u8] {
    &EMBEDDED.0
}

/// An open file.
pub(crate) struct Weights {
    tensors: SafeTensors<'static>,
}

/// A matrix of int8 with a scale a row, left where it lies.
#[derive(Debug)]
pub(crate) struct Matrix {
    pub(crate) n_columns: usize,
    /// Row by row; two's complement.
    pub(crate) values: &'static [u8],
    pub(crate) scale: Vec<f32>,
}

impl Matrix {
    /// The numbers of a row.
    pub(crate) fn row(&self, row: usize) -> impl Iterator<Item = f32> {
        let scale = self.scale[row];
        let values = &self.values[row * self.n_columns..][..self.n_columns];
        values.iter().map(move |&x| f32::from(x as i8) * scale)
    }

    /// All numbers, row by row.
    pub(crate) fn dequantised(&self) -> Vec<f32> {
        (0..self.scale.len()).flat_map(|row| self.row(row)).collect()
    }
}

impl Weights {
    pub(crate) fn open(bytes: &'static [u8]) -> Result<Self, Error> {
        let container = |e: safetensors::SafeTensorError| Kind::Container(e.to_string());
        let (_, metadata) = SafeTensors::read_metadata(bytes).map_err(container)?;
        let format = metadata.metadata().as_ref().and_then(|m| m.get("format"));
        if format.map(String::as_str) != Some(FORMAT) {
            return Err(Kind::Format(format.cloned()).into());
        }
        Ok(Self { tensors: SafeTensors::deserialize(bytes).map_err(container)? })
    }

    /// Whether there is such a tensor.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.tensors.tensor(name).is_ok()
    }

    /// The bytes of a u8 tensor of one dimension.
    pub(crate) fn bytes(&self, name: &str) -> Result<&'static [u8], Error> {
        let tensor = self.tensor(name)?;
        let n = tensor.shape().iter().product();
        check(name, &tensor, Dtype::U8, &[n])?;
        Ok(tensor.data())
    }

    /// How many numbers a tensor has.
    pub(crate) fn len(&self, name: &str) -> Result<usize, Error> {
        Ok(self.tensor(name)?.shape().iter().product())
    }

    /// An f32 tensor.
    pub(crate) fn floats(&self, name: &str, shape: &[usize]) -> Result<Vec<f32>, Error> {
        let tensor = self.tensor(name)?;
        check(name, &tensor, Dtype::F32, shape)?;
        let numbers = tensor.data().chunks_exact(4);
        Ok(numbers.map(|x| f32::from_le_bytes(x.try_into().expect("four bytes"))).collect())
    }

    /// An f32 tensor of one dimension.
    pub(crate) fn vector(&self, name: &str) -> Result<Vec<f32>, Error> {
        self.floats(name, &[self.len(name)?])
    }

    /// A matrix with its scales; `n_rows` as the file has it if `None`.
    pub(crate) fn matrix(
        &self,
        name: &str,
        n_rows: Option<usize>,
        n_columns: usize,
    ) -> Result<Matrix, Error> {
        let tensor = self.tensor(name)?;
        let n_rows = n_rows.or(tensor.shape().first().copied()).unwrap_or(0);
        check(name, &tensor, Dtype::I8, &[n_rows, n_columns])?;
        let scale = self.floats(&format!("{name}.scale"), &[n_rows])?;
        Ok(Matrix { n_columns, values: tensor.data(), scale })
    }

    /// `NAME.weight` and `NAME.bias` as a packed layer.
    pub(crate) fn linear(
        &self,
        packing: Packing,
        name: &str,
        n_in: usize,
        n_out: usize,
    ) -> Result<Linear, Error> {
        let Matrix { values, scale, .. } =
            self.matrix(&format!("{name}.weight"), Some(n_out), n_in)?;
        let bias = self.floats(&format!("{name}.bias"), &[n_out])?;
        Ok(Linear::new(packing, n_in, values, scale, bias))
    }

    /// `NAME.weight` and `NAME.bias` of a LayerNorm.
    pub(crate) fn norm(&self, name: &str, width: usize) -> Result<Norm, Error> {
        Ok(Norm {
            gain: self.floats(&format!("{name}.weight"), &[width])?,
            bias: self.floats(&format!("{name}.bias"), &[width])?,
        })
    }

    fn tensor(&self, name: &str) -> Result<TensorView<'static>, Error> {
        self.tensors.tensor(name).map_err(|_| Kind::Missing(name.to_owned()).into())
    }
}

fn check(name: &str, tensor: &TensorView<'_>, dtype: Dtype, shape: &[usize]) -> Result<(), Error> {
    if tensor.dtype() == dtype && tensor.shape() == shape {
        return Ok(());
    }
    Err(Kind::Shape {
        name: name.to_owned(),
        found: format!("{:?} {:?}", tensor.dtype(), tensor.shape()),
        expected: format!("{dtype:?} {shape:?}"),
    }
    .into())
}

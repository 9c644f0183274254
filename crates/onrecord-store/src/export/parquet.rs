//! Statements as a Parquet table, for Spark, DuckDB, pandas and polars: the columns of the CSV, with types.
//!
//! Lists (`about`, `content`) are written as Parquet has them since 2.4: a value carries how deep its
//! list repeats and how much of its path is there.

use std::io::Write;
use std::sync::{Arc, Mutex, PoisonError};

use jiff::civil::{Date, date};
use parquet::basic::Compression;
use parquet::column::writer::ColumnWriter;
use parquet::data_type::ByteArray;
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;

use crate::SaidRow;
use crate::error::{Error, Result};
use crate::store::Store;

const SCHEMA: &str = "
message statement {
  REQUIRED INT64 statement;
  OPTIONAL INT32 published (DATE);
  OPTIONAL BYTE_ARRAY outlet (STRING);
  OPTIONAL BYTE_ARRAY speaker (STRING);
  OPTIONAL INT64 speaker_number;
  OPTIONAL BYTE_ARRAY role (STRING);
  REQUIRED BYTE_ARRAY form (STRING);
  REQUIRED BYTE_ARRAY words (STRING);
  REQUIRED GROUP about (LIST) {
    REPEATED GROUP list {
      REQUIRED GROUP element {
        REQUIRED INT64 actor;
        REQUIRED BYTE_ARRAY name (STRING);
        OPTIONAL DOUBLE stance;
      }
    }
  }
  REQUIRED BYTE_ARRAY article (STRING);
  OPTIONAL BYTE_ARRAY title (STRING);
  OPTIONAL BYTE_ARRAY url (STRING);
  REQUIRED GROUP content (LIST) {
    REPEATED GROUP list {
      REQUIRED GROUP element {
        REQUIRED INT32 start;
        REQUIRED INT32 end;
      }
    }
  }
  REQUIRED DOUBLE confidence;
}";

/// Statements that are held before they are written.
const N_ROWS: usize = 20_000;

pub(super) fn write(store: &Store, out: &mut dyn Write) -> Result<()> {
    let schema = Arc::new(parse_message_type(SCHEMA).expect("the schema is well-formed"));
    let properties = WriterProperties::builder()
        .set_compression(Compression::SNAPPY)
        .set_created_by(format!("onrecord {}", env!("CARGO_PKG_VERSION")))
        .build();
    let sink = Sink::default();
    let mut writer =
        SerializedFileWriter::new(sink.clone(), schema, Arc::new(properties)).map_err(failed)?;
    let mut columns = columns();
    let mut n_rows = 0;
    store.each_said(|row| {
        push(&mut columns, row);
        n_rows += 1;
        if n_rows == N_ROWS {
            n_rows = 0;
            write_group(&mut writer, std::mem::replace(&mut columns, self::columns()))?;
            out.write_all(&sink.take())?;
        }
        Ok(())
    })?;
    if n_rows > 0 {
        write_group(&mut writer, columns)?;
    }
    writer.close().map_err(failed)?;
    Ok(out.write_all(&sink.take())?)
}

/// Bytes on their way: the writer of the format wants one that may change threads, the output is not.
#[derive(Clone, Default)]
struct Sink(Arc<Mutex<Vec<u8>>>);

impl Sink {
    fn take(&self) -> Vec<u8> {
        std::mem::take(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Values of a column, with how much of each one's path is there, and where lists repeat.
struct Column {
    values: Values,
    defined: Vec<i16>,
    repeated: Vec<i16>,
}

enum Values {
    Int32(Vec<i32>),
    Int64(Vec<i64>),
    Double(Vec<f64>),
    Text(Vec<ByteArray>),
}

enum Value {
    Int32(i32),
    Int64(i64),
    Double(f64),
    Text(String),
}

/// The columns of the schema, empty.
fn columns() -> Vec<Column> {
    let [int32, int64, double, text] = [
        || Values::Int32(Vec::new()),
        || Values::Int64(Vec::new()),
        || Values::Double(Vec::new()),
        || Values::Text(Vec::new()),
    ];
    let kinds: [fn() -> Values; 17] = [
        int64, int32, text, text, int64, text, text, text, int64, text, double, text, text, text,
        int32, int32, double,
    ];
    let column =
        |values: fn() -> Values| Column { values: values(), defined: vec![], repeated: vec![] };
    kinds.into_iter().map(column).collect()
}

/// Adds a statement to the columns.
fn push(columns: &mut [Column], row: SaidRow) {
    let day = row.published.and_then(|day| day.parse().ok()).map(days);
    let text = |text: Option<String>| text.map(Value::Text);
    let scalars = [
        (0, Some(Value::Int64(row.statement))),
        (1, day.map(Value::Int32)),
        (2, text(row.outlet)),
        (3, text(row.speaker)),
        (4, row.speaker_id.map(Value::Int64)),
        (5, text(row.role)),
        (6, Some(Value::Text(row.form))),
        (7, Some(Value::Text(row.words))),
        (11, Some(Value::Text(row.article))),
        (12, text(row.title)),
        (13, text(row.url)),
        (16, Some(Value::Double(row.confidence))),
    ];
    for (idx, value) in scalars {
        let defined = i16::from(value.is_some());
        columns[idx].push(value, defined, 0);
    }
    for (first, n_columns, is_empty) in
        [(8, 3, row.about.is_empty()), (14, 2, row.content.is_empty())]
    {
        if is_empty {
            columns[first..first + n_columns].iter_mut().for_each(|column| column.push(None, 0, 0));
        }
    }
    for (idx, about) in row.about.into_iter().enumerate() {
        let repeated = i16::from(idx > 0);
        columns[8].push(Some(Value::Int64(about.actor)), 1, repeated);
        columns[9].push(Some(Value::Text(about.name)), 1, repeated);
        let defined = 1 + i16::from(about.stance.is_some());
        columns[10].push(about.stance.map(Value::Double), defined, repeated);
    }
    for (idx, [start, end]) in row.content.into_iter().enumerate() {
        let repeated = i16::from(idx > 0);
        columns[14].push(Some(Value::Int32(start as i32)), 1, repeated);
        columns[15].push(Some(Value::Int32(end as i32)), 1, repeated);
    }
}

impl Column {
    fn push(&mut self, value: Option<Value>, defined: i16, repeated: i16) {
        self.defined.push(defined);
        self.repeated.push(repeated);
        match (&mut self.values, value) {
            (_, None) => {}
            (Values::Int32(values), Some(Value::Int32(value))) => values.push(value),
            (Values::Int64(values), Some(Value::Int64(value))) => values.push(value),
            (Values::Double(values), Some(Value::Double(value))) => values.push(value),
            (Values::Text(values), Some(Value::Text(value))) => {
                values.push(ByteArray::from(value.into_bytes()));
            }
            _ => unreachable!("each column has values of its own kind"),
        }
    }
}

/// Days since 1970, as the format counts.
fn days(day: Date) -> i32 {
    (day.duration_since(date(1970, 1, 1)).as_hours() / 24) as i32
}

fn write_group(writer: &mut SerializedFileWriter<Sink>, columns: Vec<Column>) -> Result<()> {
    let mut group = writer.next_row_group().map_err(failed)?;
    for Column { values, defined, repeated } in columns {
        let mut column = group.next_column().map_err(failed)?.expect("as many as in the schema");
        // Where nothing may be missing or repeated, these are not looked at.
        let levels = (Some(defined.as_slice()), Some(repeated.as_slice()));
        let written = match (column.untyped(), &values) {
            (ColumnWriter::Int32ColumnWriter(column), Values::Int32(values)) => {
                column.write_batch(values, levels.0, levels.1)
            }
            (ColumnWriter::Int64ColumnWriter(column), Values::Int64(values)) => {
                column.write_batch(values, levels.0, levels.1)
            }
            (ColumnWriter::DoubleColumnWriter(column), Values::Double(values)) => {
                column.write_batch(values, levels.0, levels.1)
            }
            (ColumnWriter::ByteArrayColumnWriter(column), Values::Text(values)) => {
                column.write_batch(values, levels.0, levels.1)
            }
            _ => unreachable!("the columns are those of the schema"),
        };
        written.map_err(failed)?;
        column.close().map_err(failed)?;
    }
    group.close().map_err(failed)?;
    Ok(())
}

fn failed(error: ParquetError) -> Error {
    std::io::Error::other(error).into()
}

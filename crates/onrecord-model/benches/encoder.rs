//! Pieces a second on one thread: `cargo bench -p onrecord-model`. Arguments: lengths of windows, and
//! `fastest` for the best instruction set only, or `portable` for the plain one too.
//!
//! Each figure is the best of many runs, which is what a busy machine disturbs least; each run's answer
//! is compared to the first one's.

use std::hint::black_box;
use std::time::{Duration, Instant};

use onrecord_extract::{Encoder, Input, N_LAYERS, Pointer, Words};
use onrecord_model::Model;

const TEXT: &str = "The harbour board of Korva said on Monday that “not one berth” would be sold before the \
autumn, while its chairman, Emil Sandor, told reporters that talks with two buyers had gone on for weeks. \
According to the mayor, who asked for the minutes, the board \"has no such power\". ";

/// How long each figure is measured.
const TIME: Duration = Duration::from_millis(1500);

fn main() {
    let asked: Vec<usize> = std::env::args().skip(1).filter_map(|a| a.parse().ok()).collect();
    let lengths = if asked.is_empty() { vec![128, 256, 320] } else { asked };
    let load = best(5, || {
        black_box(Model::embedded());
    });
    println!("load {:.1} ms", load * 1e3);
    let text = TEXT.repeat(1000);
    let model = Model::embedded();
    let mut words = Words::default();
    let split = best(5, || {
        words = Words::default();
        model.split(&text, &mut words);
    });
    println!("split {:.1} MB/s", text.len() as f64 / split / 1e6);
    println!("heads {:.2} ms for a window of 256 pieces and 20 links", heads(&model, &words) * 1e3);
    let wanted = |word: &str| std::env::args().any(|a| a == word);
    for (i, (name, model)) in Model::on_each_instruction_set().into_iter().enumerate() {
        if (name == "portable" && !wanted("portable")) || (i > 0 && wanted("fastest")) {
            continue;
        }
        for &n in &lengths {
            println!(
                "{name:<13} {n:>4} pieces a window: {:>8.0} pieces/s",
                speed(&model, &words, n)
            );
        }
    }
}

/// Seconds for the tags of both layers and a number of links, each to 60 words.
fn heads(model: &Model, words: &Words) -> f64 {
    let vectors = with_input(words, 256, |input| model.encode(input));
    let to: Vec<usize> = (1..61).collect();
    best(50, || {
        for layer in 0..N_LAYERS {
            black_box(model.tags(layer, &vectors));
            for from in 1..11 {
                black_box(model.point(Pointer::Head(layer), &vectors, from, &to));
            }
        }
    })
}

fn speed(model: &Model, words: &Words, n: usize) -> f64 {
    with_input(words, n, |input| {
        let expected = model.encode(input).values;
        let begun = Instant::now();
        let mut shortest = f64::INFINITY;
        while begun.elapsed() < TIME {
            let mut values = Vec::new();
            shortest = shortest.min(best(1, || values = model.encode(input).values));
            assert!(values == expected, "another answer");
        }
        n as f64 / shortest
    })
}

/// Calls with a window of the first `n` pieces.
fn with_input<T>(words: &Words, n: usize, f: impl FnOnce(&Input<'_>) -> T) -> T {
    let (shape, quote, start) = (vec![1; n], vec![0; n], vec![0; n]);
    let starts = words.words.iter().map(|w| w.pieces.start as u32);
    let rows: Vec<u32> = starts.take_while(|&row| (row as usize) < n).collect();
    f(&Input { ids: &words.ids[..n], shape: &shape, quote: &quote, start: &start, rows: &rows })
}

/// Seconds of the fastest of some runs.
fn best(n_runs: usize, mut run: impl FnMut()) -> f64 {
    let time = |_| {
        let begun = Instant::now();
        run();
        begun.elapsed().as_secs_f64()
    };
    (0..n_runs).map(time).fold(f64::INFINITY, f64::min)
}

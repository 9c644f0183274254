//! Where actors stand: forces push all apart and pull those together that are tied (Fruchterman and
//! Reingold, 1991). There is no chance in it: they begin on a spiral, the heaviest in the middle, and only
//! additions, multiplications, divisions and square roots follow, which are the same on every machine.

/// Room left at the edges, more at the sides, where names stand.
const MARGIN: (f64, f64) = (64.0, 22.0);

/// Between the edges of two circles.
const GAP: f64 = 7.0;

/// Places of circles with these radii in a field of this size. `ties` are pairs of circles and how much
/// ties them.
pub(super) fn layout(
    radii: &[f64],
    ties: &[(usize, usize, f64)],
    (width, height): (f64, f64),
) -> Vec<(f64, f64)> {
    let n = radii.len();
    let mut places = spiral(radii);
    let strongest = ties.iter().map(|(.., weight)| *weight).fold(1.0, f64::max);
    let n_steps = if n > 80 { 160 } else { 400 };
    for step in 0..n_steps {
        // Distances are in units of what two tied actors keep; steps shorten to nothing.
        let longest = 1.0 * (1.0 - step as f64 / n_steps as f64).powi(2) + 0.002;
        let mut forces = vec![(0.0, 0.0); n];
        for one in 0..n {
            for other in one + 1..n {
                let (dx, dy) = (places[one].0 - places[other].0, places[one].1 - places[other].1);
                let force = 1.0 / (dx * dx + dy * dy).max(0.01);
                forces[one].0 += dx * force;
                forces[one].1 += dy * force;
                forces[other].0 -= dx * force;
                forces[other].1 -= dy * force;
            }
        }
        for &(one, other, weight) in ties {
            let (dx, dy) = (places[one].0 - places[other].0, places[one].1 - places[other].1);
            let force = (dx * dx + dy * dy).sqrt() * (0.3 + 0.7 * (weight / strongest).sqrt());
            forces[one].0 -= dx * force;
            forces[one].1 -= dy * force;
            forces[other].0 += dx * force;
            forces[other].1 += dy * force;
        }
        for (place, force) in places.iter_mut().zip(&forces) {
            // A pull to the middle keeps together what no tie connects; the field is wider than high.
            let force = (force.0 - 0.35 * place.0, force.1 - 0.35 * place.1 * width / height);
            let length = (force.0 * force.0 + force.1 * force.1).sqrt().max(1e-9);
            let share = length.min(longest) / length;
            place.0 += force.0 * share;
            place.1 += force.1 * share;
        }
    }
    fit(&mut places, (width, height));
    part(&mut places, radii, (width, height));
    places
}

/// A sunflower's spiral, the largest circle in the middle.
fn spiral(radii: &[f64]) -> Vec<(f64, f64)> {
    // Cosine and sine of the golden angle.
    const TURN: (f64, f64) = (-0.737_368_878_078_32, 0.675_490_294_261_523_6);
    let mut order: Vec<usize> = (0..radii.len()).collect();
    order.sort_by(|&one, &other| radii[other].total_cmp(&radii[one]).then(one.cmp(&other)));
    let mut places = vec![(0.0, 0.0); radii.len()];
    let mut at = (1.0, 0.0);
    for (rank, idx) in order.into_iter().enumerate() {
        let distance = (rank as f64).sqrt();
        places[idx] = (at.0 * distance, at.1 * distance);
        at = (at.0 * TURN.0 - at.1 * TURN.1, at.0 * TURN.1 + at.1 * TURN.0);
    }
    places
}

/// Stretches the places over the field; one direction by at most twice as much as the other.
fn fit(places: &mut [(f64, f64)], (width, height): (f64, f64)) {
    let bounds = |of: fn(&(f64, f64)) -> f64| {
        let values = places.iter().map(of);
        values.fold((f64::MAX, f64::MIN), |(least, most), x| (least.min(x), most.max(x)))
    };
    let (x, y) = (bounds(|place| place.0), bounds(|place| place.1));
    let room = (width - 2.0 * MARGIN.0, height - 2.0 * MARGIN.1);
    let scale = |room: f64, (least, most): (f64, f64)| room / (most - least).max(1e-3);
    let (across, down) = (scale(room.0, x), scale(room.1, y));
    let (across, down) = (across.min(2.0 * down).min(250.0), down.min(2.0 * across).min(250.0));
    for place in places {
        place.0 = width / 2.0 + (place.0 - (x.0 + x.1) / 2.0) * across;
        place.1 = height / 2.0 + (place.1 - (y.0 + y.1) / 2.0) * down;
    }
}

/// Moves circles that touch apart, and into the field.
fn part(places: &mut [(f64, f64)], radii: &[f64], (width, height): (f64, f64)) {
    for _ in 0..60 {
        let mut is_moved = false;
        for one in 0..places.len() {
            for other in one + 1..places.len() {
                let (dx, dy) = (places[one].0 - places[other].0, places[one].1 - places[other].1);
                let least = radii[one] + radii[other] + GAP;
                let squared = dx * dx + dy * dy;
                if squared >= least * least {
                    continue;
                }
                is_moved = true;
                let distance = squared.sqrt();
                // Of two at one place, one goes to the right.
                let (dx, dy) =
                    if distance < 0.01 { (1.0, 0.0) } else { (dx / distance, dy / distance) };
                let push = (least - distance) / 2.0;
                places[one].0 += dx * push;
                places[one].1 += dy * push;
                places[other].0 -= dx * push;
                places[other].1 -= dy * push;
            }
        }
        for (place, radius) in places.iter_mut().zip(radii) {
            place.0 = place.0.clamp(radius + 2.0, width - radius - 2.0);
            place.1 = place.1.clamp(radius + 2.0, height - radius - 2.0);
        }
        if !is_moved {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How many pairs of circles touch.
    fn n_touching(places: &[(f64, f64)], radii: &[f64]) -> usize {
        let pairs = (0..places.len()).flat_map(|one| (0..one).map(move |other| (one, other)));
        pairs
            .filter(|&(one, other)| {
                let (dx, dy) = (places[one].0 - places[other].0, places[one].1 - places[other].1);
                (dx * dx + dy * dy).sqrt() < radii[one] + radii[other]
            })
            .count()
    }

    #[test]
    fn circles_stand_apart_and_in_the_field() {
        let star = |n: usize| (1..n).map(|other| (0, other, 1.0)).collect::<Vec<_>>();
        let ring = |n: usize| (0..n).map(|one| (one, (one + 1) % n, 2.0)).collect::<Vec<_>>();
        let pairs =
            |n: usize| (0..n / 2).map(|one| (one * 2, one * 2 + 1, 3.0)).collect::<Vec<_>>();
        for n in [2, 3, 10, 60, 200] {
            for (shape, ties) in [("star", star(n)), ("ring", ring(n)), ("pairs", pairs(n))] {
                let radii = vec![7.0; n];
                let places = layout(&radii, &ties, (720.0, 560.0));
                assert_eq!(n_touching(&places, &radii), 0, "{shape} of {n}");
                let is_inside =
                    |&(x, y): &(f64, f64)| (0.0..=720.0).contains(&x) && (0.0..=560.0).contains(&y);
                assert!(places.iter().all(is_inside), "{shape} of {n}: {places:?}");
                assert_eq!(places, layout(&radii, &ties, (720.0, 560.0)), "{shape} of {n}");
            }
        }
    }

    #[test]
    fn what_is_tied_stands_close() {
        // Two rings of five that one tie connects.
        let mut ties: Vec<(usize, usize, f64)> = Vec::new();
        for one in 0..5 {
            ties.push((one, (one + 1) % 5, 5.0));
            ties.push((one + 5, (one + 1) % 5 + 5, 5.0));
        }
        ties.push((0, 5, 1.0));
        let places = layout(&[6.0; 10], &ties, (720.0, 400.0));
        let distance = |one: usize, other: usize| {
            let (dx, dy) = (places[one].0 - places[other].0, places[one].1 - places[other].1);
            (dx * dx + dy * dy).sqrt()
        };
        let nearest_stranger = (0..5).flat_map(|one| (5..10).map(move |other| (one, other)));
        let nearest_stranger =
            nearest_stranger.map(|(one, other)| distance(one, other)).fold(f64::MAX, f64::min);
        let tied = (0..5).map(|one| distance(one, (one + 1) % 5)).sum::<f64>() / 5.0;
        assert!(tied < nearest_stranger * 2.0, "{tied} {nearest_stranger}");
    }
}

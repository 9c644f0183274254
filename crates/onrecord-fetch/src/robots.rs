//! What robots.txt files ask for (RFC 9309).

use std::time::Duration;

use texting_robots::Robot;

/// What the rules are looked up under.
pub(crate) const AGENT: &str = "onrecord";

/// What of a file is read; RFC 9309 asks for at least so much.
pub(crate) const MAX_BYTES: u64 = 512 << 10;

/// The longest distance between requests that a file can ask for.
const MAX_DELAY: f32 = 60.0;

/// The rules of a host.
pub(crate) enum Robots {
    Rules(Box<Robot>),
    All,
    Nothing,
}

impl Robots {
    /// The rules by the server's answer to the question for the file. `None`: no answer.
    ///
    /// A file that is not there allows all; a server that cannot say allows nothing.
    pub(crate) fn new(answer: Option<(u16, &[u8])>) -> Robots {
        match answer {
            Some((200..=299, bytes)) => match Robot::new(AGENT, bytes) {
                Ok(robot) => Robots::Rules(Box::new(robot)),
                Err(_) => Robots::All,
            },
            Some((400..=499, _)) => Robots::All,
            _ => Robots::Nothing,
        }
    }

    pub(crate) fn allows(&self, url: &str) -> bool {
        match self {
            Robots::Rules(robot) => robot.allowed(url),
            Robots::All => true,
            Robots::Nothing => false,
        }
    }

    /// The distance between requests that it asks for.
    pub(crate) fn delay(&self) -> Duration {
        let Robots::Rules(robot) = self else { return Duration::ZERO };
        let seconds = robot.delay.filter(|seconds| seconds.is_finite()).unwrap_or(0.0);
        Duration::from_secs_f32(seconds.clamp(0.0, MAX_DELAY))
    }
}

//! The desk over real sockets, on records that are written here.

mod add;
mod guard;
mod hostile;
mod pages;
mod support;

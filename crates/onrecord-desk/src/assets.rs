//! The desk's style, script and icon, which are part of the program.

use std::sync::LazyLock;

use axum::extract::Path;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};

use crate::problem::Problem;

/// A file of the desk.
pub(crate) struct Asset {
    /// Its address, with a part of its hash, so that it may be kept for ever.
    pub(crate) path: String,
    media_type: &'static str,
    content: String,
}

/// How it looks.
pub(crate) static STYLE: LazyLock<Asset> = LazyLock::new(|| {
    let style = concat!(include_str!("assets/desk.css"), "\n");
    Asset::new("desk", "css", "text/css", format!("{}{style}", onrecord_plot::CSS))
});

/// What a browser does beyond showing it.
pub(crate) static SCRIPT: LazyLock<Asset> = LazyLock::new(|| {
    Asset::new("desk", "js", "text/javascript", include_str!("assets/desk.js").to_owned())
});

/// Its mark among a browser's tabs.
pub(crate) static ICON: LazyLock<Asset> = LazyLock::new(|| {
    Asset::new("icon", "svg", "image/svg+xml", include_str!("assets/icon.svg").to_owned())
});

impl Asset {
    fn new(name: &str, ending: &str, media_type: &'static str, content: String) -> Asset {
        let hash = Sha256::digest(&content);
        let path = format!("/assets/{name}-{:02x}{:02x}{:02x}.{ending}", hash[0], hash[1], hash[2]);
        Asset { path, media_type, content }
    }
}

/// Answers with a file of the desk.
pub(crate) async fn get(Path(name): Path<String>) -> Response {
    let path = format!("/assets/{name}");
    let assets: [&LazyLock<Asset>; 3] = [&STYLE, &SCRIPT, &ICON];
    match assets.into_iter().find(|asset| asset.path == path) {
        Some(asset) => {
            let kept = "public, max-age=31536000, immutable";
            ([(CONTENT_TYPE, asset.media_type), (CACHE_CONTROL, kept)], asset.content.clone())
                .into_response()
        }
        None => Problem::no_such_page().into_response(),
    }
}

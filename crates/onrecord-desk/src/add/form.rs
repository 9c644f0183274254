//! What comes with the form.

use axum::extract::multipart::{Field, Multipart, MultipartError};
use axum::http::StatusCode;
use jiff::civil::Date;
use onrecord_record::Article;

use super::job::Given;
use crate::problem::Problem;

/// Things that are given at once, at most.
const MAX_GIVEN: usize = 100;

/// The longest line of a form: a title, an address.
const MAX_LINE: usize = 4096;

/// What a form holds.
#[derive(Default)]
pub(super) struct Form {
    text: String,
    title: Option<String>,
    outlet: Option<String>,
    url: Option<String>,
    published: Option<String>,
    files: Vec<Given>,
    addresses: String,
}

/// The form's first field, which says that a page of this desk sent it. Nothing else is looked at before.
pub(super) async fn key(form: &mut Multipart, max_body: usize) -> Result<String, Problem> {
    let refused = || Problem::forbidden("This form did not come from a page of this desk.");
    let field = form.next_field().await.map_err(|error| unreadable(&error, max_body))?;
    let field = field.filter(|field| field.name() == Some("key")).ok_or_else(refused)?;
    line(field, max_body).await.map(Option::unwrap_or_default)
}

impl Form {
    /// Reads the rest.
    pub(super) async fn read(form: &mut Multipart, max_body: usize) -> Result<Form, Problem> {
        let mut read = Form::default();
        loop {
            let field = form.next_field().await.map_err(|error| unreadable(&error, max_body))?;
            let Some(field) = field else { return Ok(read) };
            match field.name().unwrap_or_default() {
                "text" => read.text = text(field, max_body).await?,
                "addresses" => read.addresses = text(field, max_body).await?,
                "title" => read.title = line(field, max_body).await?,
                "outlet" => read.outlet = line(field, max_body).await?,
                "url" => read.url = line(field, max_body).await?,
                "published" => read.published = line(field, max_body).await?,
                "files" => {
                    let name = file_name(field.file_name().unwrap_or_default());
                    let bytes =
                        field.bytes().await.map_err(|error| unreadable(&error, max_body))?;
                    // A field for files without any sends one that is empty and has no name.
                    if !bytes.is_empty() {
                        read.files.push(Given::File { name, bytes: bytes.to_vec() });
                    }
                }
                _ => {}
            }
        }
    }

    /// What is to be added.
    pub(super) fn given(self) -> Result<Vec<Given>, Problem> {
        let mut given = Vec::new();
        if !self.text.trim().is_empty() {
            let published = self
                .published
                .as_deref()
                .map(|day| day.parse::<Date>().map_err(|_| Problem::no_day(day)));
            let published = published.transpose()?;
            let unreadable = |error: onrecord_intake::Error| Problem::unclear(error.to_string());
            let text = self.text.replace("\r\n", "\n");
            let article = onrecord_intake::plain_text(text.into_bytes()).map_err(unreadable)?;
            given.push(Given::Text(Box::new(Article {
                title: self.title.or(article.title),
                outlet: self.outlet,
                url: self.url,
                published,
                language: onrecord_intake::language(&article.text).map(str::to_owned),
                ..article
            })));
        }
        given.extend(self.files);
        let addresses = self.addresses.split_whitespace();
        given.extend(addresses.map(|url| Given::Url(url.chars().take(MAX_LINE).collect())));
        match given.len() {
            0 => Err(Problem::unclear("Paste a text, choose a file, or give an address.")),
            1..=MAX_GIVEN => Ok(given),
            _ => {
                Err(Problem::unclear(format!("At most {MAX_GIVEN} files and addresses at a time.")))
            }
        }
    }
}

async fn text(field: Field<'_>, max_body: usize) -> Result<String, Problem> {
    let bytes = field.bytes().await.map_err(|error| unreadable(&error, max_body))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// A line, if anything was written.
async fn line(field: Field<'_>, max_body: usize) -> Result<Option<String>, Problem> {
    let text = text(field, max_body).await?;
    let line: String = text.chars().filter(|c| !c.is_control()).take(MAX_LINE).collect();
    Ok(Some(line.trim().to_owned()).filter(|line| !line.is_empty()))
}

/// A file's name without folders, which are no business of the desk.
fn file_name(name: &str) -> String {
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let name: String = name.chars().filter(|c| !c.is_control()).take(200).collect();
    if name.trim_matches(['.', ' ']).is_empty() { "a file".to_owned() } else { name }
}

fn unreadable(error: &MultipartError, max_body: usize) -> Problem {
    match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Problem::too_large(max_body),
        _ => Problem::unclear("The form did not arrive whole. Send it once more."),
    }
}

#[cfg(test)]
mod tests {
    use super::file_name;

    #[test]
    fn files_have_no_folders() {
        let cases = [
            ("a.html", "a.html"),
            ("../../etc/passwd", "passwd"),
            ("C:\\news\\a.txt", "a.txt"),
            ("/", "a file"),
            ("..", "a file"),
            ("", "a file"),
            ("a\u{0}\n.txt", "a.txt"),
        ];
        for (name, expected) in cases {
            assert_eq!(file_name(name), expected, "{name:?}");
        }
    }
}

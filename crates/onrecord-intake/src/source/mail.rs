//! Mails: newsletters, press releases, wire copy.

use jiff::civil::Date;
use mail_parser::{Address, MessageParser, PartType};
use onrecord_record::{Article, Note};

use super::failure::Failure;
use super::fragment;
use crate::error::Error;
use crate::origins::came_from;

/// Reads a mail. Its subject is the title, its sender the author.
///
/// # Errors
/// If it is no mail, or has no text.
pub(crate) fn read(bytes: &[u8]) -> Result<(Article, Vec<Note>), Error> {
    let mail = MessageParser::default()
        .parse(bytes)
        .ok_or_else(|| Failure::damaged("the mail", "it has no headers"))?;
    let part = mail.text_bodies().next().map(|part| &part.body);
    let text = match part {
        Some(PartType::Text(text)) => text.replace("\r\n", "\n").trim().to_owned(),
        Some(PartType::Html(html)) => fragment::text(html),
        _ => String::new(),
    };
    if text.is_empty() {
        return Err(Failure::NoText("the mail has none".to_owned()).into());
    }
    let mut article = Article::new(text);
    article.title = mail.subject().map(str::trim).filter(|s| !s.is_empty()).map(str::to_owned);
    came_from(&mut article, "mail Subject");
    article.authors = mail.from().map(senders).unwrap_or_default();
    came_from(&mut article, "mail From");
    if let Some(date) = mail.date() {
        let fits = (i16::try_from(date.year), i8::try_from(date.month), i8::try_from(date.day));
        if let (Ok(year), Ok(month), Ok(day)) = fits
            && let Ok(day) = Date::new(year, month, day)
        {
            article.published = Some(day);
            article.published_at = Some(date.to_rfc3339());
        }
    }
    came_from(&mut article, "mail Date");
    Ok((article, Vec::new()))
}

fn senders(address: &Address<'_>) -> Vec<String> {
    let name = |address: &mail_parser::Addr<'_>| {
        address.name.as_deref().or(address.address.as_deref()).map(str::to_owned)
    };
    address.iter().filter_map(name).collect()
}

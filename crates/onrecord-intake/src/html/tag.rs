//! The elements that matter to reading an article.

macro_rules! tags {
    ($($variant:ident = $($name:literal)|+,)+) => {
        /// An element's name. Names that mean the same to us share a variant.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum Tag {
            /// The page itself, above `<html>`.
            Document,
            /// Characters, not an element.
            Text,
            $($variant,)+
            /// Any other element.
            Other,
        }

        impl Tag {
            /// The element with this lower-case name.
            pub(crate) fn from_name(name: &str) -> Tag {
                match name {
                    $($($name)|+ => Tag::$variant,)+
                    _ => Tag::Other,
                }
            }
        }
    };
}

tags! {
    A = "a",
    Address = "address",
    Article = "article",
    Aside = "aside",
    Blockquote = "blockquote",
    Body = "body",
    Bold = "b" | "strong",
    Br = "br",
    Button = "button",
    Caption = "caption",
    Center = "center",
    Cite = "cite",
    Code = "code",
    Dd = "dd",
    Details = "details",
    Div = "div",
    Dl = "dl",
    Dt = "dt",
    Fieldset = "fieldset",
    Figcaption = "figcaption",
    Figure = "figure",
    Footer = "footer",
    Form = "form",
    H1 = "h1",
    H2 = "h2",
    H3 = "h3",
    H4 = "h4",
    H5 = "h5",
    H6 = "h6",
    Head = "head",
    Header = "header",
    Hr = "hr",
    Html = "html",
    Iframe = "iframe",
    Img = "img",
    Input = "input",
    Italic = "i" | "em",
    Li = "li",
    Link = "link",
    List = "ul" | "ol" | "menu" | "dir",
    Main = "main",
    Media = "audio" | "video" | "object" | "embed" | "canvas" | "map" | "applet",
    Meta = "meta",
    Nav = "nav",
    Noscript = "noscript",
    Option = "option" | "optgroup",
    P = "p",
    Picture = "picture",
    Pre = "pre" | "listing" | "xmp",
    Rt = "rt" | "rp",
    Script = "script",
    Section = "section",
    Select = "select" | "datalist",
    Small = "small",
    Span = "span",
    Style = "style",
    Summary = "summary",
    Svg = "svg" | "math",
    Table = "table",
    TableCell = "td" | "th",
    TableRow = "tr",
    TableRows = "tbody" | "thead" | "tfoot",
    Template = "template",
    Textarea = "textarea",
    Time = "time",
    Title = "title",
    Void = "area" | "base" | "basefont" | "bgsound" | "col" | "frame" | "keygen" | "param" | "source" | "track" | "wbr",
}

impl Tag {
    /// Whether the element has no content and no end tag.
    pub(crate) fn is_void(self) -> bool {
        use Tag::*;
        matches!(self, Br | Hr | Img | Input | Link | Meta | Void)
    }

    /// Whether what is inside is characters up to the end tag.
    pub(crate) fn is_raw(self) -> bool {
        use Tag::*;
        matches!(self, Script | Style | Textarea | Title | Iframe)
    }

    /// Whether the text before and after stands in other paragraphs than the text inside.
    pub(crate) fn is_block(self) -> bool {
        use Tag::*;
        matches!(
            self,
            Address
                | Article
                | Aside
                | Blockquote
                | Body
                | Caption
                | Center
                | Dd
                | Details
                | Div
                | Dl
                | Dt
                | Fieldset
                | Figcaption
                | Figure
                | Footer
                | Form
                | H1
                | H2
                | H3
                | H4
                | H5
                | H6
                | Head
                | Header
                | Hr
                | Html
                | Li
                | List
                | Main
                | Nav
                | P
                | Pre
                | Section
                | Summary
                | Table
                | TableCell
                | TableRow
                | TableRows
                | Option
        )
    }

    /// Whether the element is a heading.
    pub(crate) fn is_heading(self) -> bool {
        use Tag::*;
        matches!(self, H1 | H2 | H3 | H4 | H5 | H6)
    }
}

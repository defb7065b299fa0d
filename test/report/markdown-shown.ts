import MarkdownIt from "markdown-it";

/** As GitHub reads it: CommonMark with tables, strikethrough, bare addresses as links, and HTML. */
const reader = new MarkdownIt({ html: true, linkify: true });
reader.linkify.set({ fuzzyLink: true, fuzzyEmail: true });

export type Token = ReturnType<typeof reader.parse>[number];

/** What Markdown is made of, inline parts included, in order. */
export function tokensOf(markdown: string): readonly Token[] {
  return reader.parse(markdown, {}).flatMap((token) => [token, ...(token.children ?? [])]);
}

/** The text that a reader sees, code blocks aside. */
export function shownTexts(markdown: string): readonly string[] {
  return tokensOf(markdown)
    .filter(({ type }) => type === "text")
    .map(({ content }) => content);
}

/** Every tag that is written as HTML, as `<details>` and `</summary>`. */
export function tagsOf(markdown: string): readonly string[] {
  return tokensOf(markdown)
    .filter(({ type }) => type === "html_block" || type === "html_inline")
    .flatMap(({ content }) => content.match(/<[^>]*>/g) ?? []);
}

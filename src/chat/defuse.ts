/**
 * Plain foreign text (titles, queries, reasons) with an invisible joiner after "@" and inside addresses: it reads the
 * same, and no platform makes a mention or a link of it.
 */
export function defuse(text: string): string {
  return text
    .replace(ADDRESS, breakUp)
    .replace(DOMAIN, (domain) => (FILE_NAME.test(domain) ? domain : breakUp(domain)))
    .replace(/@(?=[\p{L}\p{N}_])/gu, `@${WORD_JOINER}`)
    .replace(/<(?=[!@#])/g, `<${WORD_JOINER}`);
}

function breakUp(address: string): string {
  return address.replace("://", `:${WORD_JOINER}//`).replace(/\.(?=[\p{L}\p{N}])/gu, `.${WORD_JOINER}`);
}

/** What is put in; a door where nothing can come alive takes it out again. */
export const WORD_JOINER = "\u2060";
// What platforms turn into links by themselves: a scheme, "www.", a domain with or without a path.
const ADDRESS =
  /\b(?:[a-z][a-z\d+.-]{1,20}:\/\/|www\.)[^\s<>"'()[\]]+|\b(?:[a-z\d-]+\.)+[a-z]{2,24}\/[^\s<>"'()[\]]*/gi;
const DOMAIN = /(?<![\w.\u2060/-])(?:[a-z\d][a-z\d-]*\.)+[a-z]{2,24}(?![\w.(-]*[\w(])/g;
// README.md and main.rs are read as file names, though both endings are countries.
const FILE_NAME =
  /\.(?:c|cjs|conf|cpp|cs|css|csv|cts|env|go|h|html?|ini|java|jsonc?|jsx?|kt|lock|log|mdx?|mjs|mts|pdf|php|pl|py|rb|rs|sh|sql|svg|swift|toml|tsx?|txt|vue|xml|ya?ml|zip)$/;

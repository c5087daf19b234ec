/** White space, typographic quotes, dashes, ligatures, case, Markdown marks and final punctuation do not count. */
export function normalizeForQuotes(text: string): string {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[“”„«»"'’‘‚`´*_]/g, "")
    .replace(/[‐‑‒–—−-]/g, " ")
    .replace(/\s+/g, " ")
    .replace(/\s+([.,;:!?)])/g, "$1")
    .replace(/^[\s.,;:!?]+|[\s.,;:!?]+$/g, "");
}

import { bareDomain, type DomainRules } from "../domain-rules.ts";

/** What a query asks for besides its words. */
export interface QueryOperators {
  text: string;
  sites: DomainRules;
  /** Of `after:2026-01-31`, in ISO 8601. */
  since: string | null;
  /** `sort:date`. */
  isNewestFirst: boolean;
  /** Of `lang:de`, BCP 47. */
  language: string | null;
}

/**
 * The query without its operators (`site:`, `-site:`, `after:`, `sort:date`, `lang:`), and what they ask for. They stand in
 * the query, so that the tool's schema stays the one that models were trained on; their names are those of the large
 * search engines. One whose value makes no sense stays a word.
 */
export function parseOperators(query: string): QueryOperators {
  const allowed: string[] = [];
  const blocked: string[] = [];
  const asked: Omit<QueryOperators, "text"> = {
    sites: { allowed, blocked },
    since: null,
    isNewestFirst: false,
    language: null,
  };
  const text = query
    .replace(SITE, (_whole, minus: string, entry: string) => {
      const domain = bareDomain(entry);
      if (domain !== "") (minus === "" ? allowed : blocked).push(domain);
      return " ";
    })
    .replace(AFTER, (whole, date: string) => {
      const time = Date.parse(date);
      if (Number.isNaN(time)) return whole;
      asked.since = new Date(time).toISOString();
      return " ";
    })
    .replace(SORT, () => {
      asked.isNewestFirst = true;
      return " ";
    })
    .replace(LANGUAGE, (_whole, language: string) => {
      asked.language = language.toLowerCase();
      return " ";
    })
    .replace(LONELY_OPERATOR, " ")
    .replace(/\s+/g, " ")
    .trim();
  return { ...asked, text: text === "" ? allowed.join(" ") : text };
}

/** The text with `site:` operators for services that know no other way; many domains are left to the caller's filter. */
export function withSiteOperators(text: string, domains: DomainRules | undefined): string {
  const allowed = domains?.allowed ?? [];
  if (allowed.length === 0 || allowed.length > MAX_OPERATORS) return text;
  return `${text} ${allowed.map((domain) => `site:${domain}`).join(" OR ")}`;
}

/** The query in words that ask for a language, for services that have no parameter for it. */
export function withLanguageInWords(text: string, language: string | null | undefined): string {
  const name = language ? LANGUAGE_NAMES.of(language) : undefined;
  return name === undefined ? text : `${text} (in ${name})`;
}

const LANGUAGE_NAMES = new Intl.DisplayNames("en", { type: "language" });
const SITE = /(?<!\S)\(?(-?)site:\s*"?([^\s")]+)"?\)?/gi;
const AFTER = /(?<!\S)(?:after|since):\s*"?(\d{4}(?:-\d\d){0,2})"?(?!\S)/gi;
const SORT = /(?<!\S)(?:sort|order):\s*"?(?:date|newest|new|recent)"?(?!\S)/gi;
const LANGUAGE = /(?<!\S)lang(?:uage)?:\s*"?([a-z]{2,3}(?:-[a-z]{2,4})?)"?(?!\S)/gi;
// What is left of "site:a OR site:b" at either end.
const LONELY_OPERATOR = /^(?:\s*\bOR\b)+|(?:\bOR\b\s*)+$|\bOR\s+(?=OR\b)/g;
const MAX_OPERATORS = 4;

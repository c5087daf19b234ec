import { bareDomain, type DomainRules } from "../domain-rules.ts";

/** The query without its `site:` and `-site:` operators, and what they ask for. */
export function parseSiteOperators(query: string): { text: string; sites: DomainRules } {
  const allowed: string[] = [];
  const blocked: string[] = [];
  const text = query
    .replace(SITE, (_whole, minus: string, entry: string) => {
      const domain = bareDomain(entry);
      if (domain !== "") (minus === "" ? allowed : blocked).push(domain);
      return " ";
    })
    .replace(LONELY_OPERATOR, " ")
    .replace(/\s+/g, " ")
    .trim();
  return { text: text === "" ? allowed.join(" ") : text, sites: { allowed, blocked } };
}

/** The text with `site:` operators for services that know no other way; many domains are left to the caller's filter. */
export function withSiteOperators(text: string, domains: DomainRules | undefined): string {
  const allowed = domains?.allowed ?? [];
  if (allowed.length === 0 || allowed.length > MAX_OPERATORS) return text;
  return `${text} ${allowed.map((domain) => `site:${domain}`).join(" OR ")}`;
}

const SITE = /(?<!\S)\(?(-?)site:\s*"?([^\s")]+)"?\)?/gi;
// What is left of "site:a OR site:b" at either end.
const LONELY_OPERATOR = /^(?:\s*\bOR\b)+|(?:\bOR\b\s*)+$|\bOR\s+(?=OR\b)/g;
const MAX_OPERATORS = 4;

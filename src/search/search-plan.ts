import { bareDomain, type DomainRules, isHostAllowed } from "../domain-rules.ts";
import type { SearchOptions } from "../ports.ts";
import type { SearchHit } from "../types.ts";
import { parseOperators } from "./query-operators.ts";

/** A search as it is sent to a backend, and what its hits must fulfil whatever the backend made of it. */
export interface SearchPlan {
  text: string;
  options: SearchOptions;
  /** How many hits are wanted in the end. */
  limit: number;
  since: string | null;
  order: "best" | "newest";
  language: string | null;
  /** Of the query alone. */
  sites: DomainRules;
  domains: DomainRules;
  isWanted(hit: SearchHit): boolean;
}

/**
 * Takes the operators out of the query and joins them with the wishes of the caller and the rules of the house. The
 * narrowest list of domains is sent; hits must pass all of them.
 */
export function planSearch(query: string, options: SearchOptions, houseRules: DomainRules): SearchPlan {
  const { text, sites, ...asked } = parseOperators(query);
  const rules = [houseRules, options.domains ?? ANY_DOMAIN, sites];
  const domains = {
    allowed: (rules.findLast(({ allowed }) => allowed.length > 0)?.allowed ?? []).map(bareDomain),
    blocked: rules.flatMap(({ blocked }) => blocked.map(bareDomain)),
  };
  const since = later(options.since ?? null, asked.since);
  const order = asked.isNewestFirst ? "newest" : (options.order ?? "best");
  const language = asked.language ?? options.language ?? null;
  const hasRules = domains.allowed.length > 0 || domains.blocked.length > 0;
  return {
    text,
    limit: options.limit,
    since,
    order,
    language,
    sites,
    domains,
    options: {
      ...options,
      since,
      order,
      language,
      // Some will be dropped, and among more there are newer ones.
      limit: hasRules || since !== null || order === "newest" ? options.limit * 2 : options.limit,
      ...(hasRules ? { domains: { allowed: sendable(domains.allowed), blocked: sendable(domains.blocked) } } : {}),
    },
    isWanted: (hit) => isNewEnough(hit, since) && isOfAllowedHost(hit, rules, sites),
  };
}

export const ANY_DOMAIN: DomainRules = { allowed: [], blocked: [] };
// Services take lists of some length at most; longer ones are only enforced on the hits.
const MAX_SENT_DOMAINS = 50;

/** Hits in the wanted order; what has no date comes last. */
export function inOrder(hits: readonly SearchHit[], { order }: SearchPlan): readonly SearchHit[] {
  if (order === "best") return hits;
  return hits.toSorted((one, other) => (other.publishedAt ?? "").localeCompare(one.publishedAt ?? ""));
}

function later(one: string | null, other: string | null): string | null {
  if (one === null || other === null) return one ?? other;
  return Date.parse(one) > Date.parse(other) ? one : other;
}

function sendable(domains: string[]): string[] {
  return domains.length > MAX_SENT_DOMAINS ? [] : domains;
}

function isNewEnough(hit: SearchHit, since: string | null): boolean {
  return since === null || hit.publishedAt === null || Date.parse(hit.publishedAt) >= Date.parse(since);
}

/** The house's rules are about the web: local documents pass, unless a site was asked for. */
function isOfAllowedHost(hit: SearchHit, rules: DomainRules[], sites: DomainRules): boolean {
  const { protocol, hostname } = new URL(hit.url);
  if (protocol === "file:") return sites.allowed.length === 0;
  return rules.every((rule) => isHostAllowed(hostname, rule));
}

import { bareDomain, type DomainRules, isHostAllowed } from "../domain-rules.ts";
import type { SearchOptions } from "../ports.ts";
import type { SearchHit } from "../types.ts";
import { parseSiteOperators } from "./site-operators.ts";

/** A search as it is sent to a backend, and what its hits must fulfil whatever the backend made of it. */
export interface SearchPlan {
  text: string;
  options: SearchOptions;
  /** How many hits are wanted in the end. */
  limit: number;
  since: string | null;
  domains: DomainRules;
  isWanted(hit: SearchHit): boolean;
}

/**
 * Takes `site:` and `-site:` out of the query and joins them with the rules of the caller and of the house. The
 * narrowest list is sent; hits must pass all of them.
 */
export function planSearch(query: string, options: SearchOptions, houseRules: DomainRules): SearchPlan {
  const { text, sites } = parseSiteOperators(query);
  const rules = [houseRules, options.domains ?? ANY_DOMAIN, sites];
  const domains = {
    allowed: (rules.findLast(({ allowed }) => allowed.length > 0)?.allowed ?? []).map(bareDomain),
    blocked: rules.flatMap(({ blocked }) => blocked.map(bareDomain)),
  };
  const since = options.since ?? null;
  const hasRules = domains.allowed.length > 0 || domains.blocked.length > 0;
  return {
    text,
    limit: options.limit,
    since,
    domains,
    options: {
      ...options,
      // Some will be dropped.
      limit: hasRules || since !== null ? options.limit * 2 : options.limit,
      ...(hasRules ? { domains: { allowed: sendable(domains.allowed), blocked: sendable(domains.blocked) } } : {}),
    },
    isWanted: (hit) => isNewEnough(hit, since) && isOfAllowedHost(hit, rules, sites),
  };
}

export const ANY_DOMAIN: DomainRules = { allowed: [], blocked: [] };
// Services take lists of some length at most; longer ones are only enforced on the hits.
const MAX_SENT_DOMAINS = 50;

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

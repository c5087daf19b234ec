/** Which hosts may be searched and opened. Part of the floor: imports nothing. */

/** Domains with everything below them: "example.org", "*.example.org" and "https://www.example.org" mean the same. */
export interface DomainRules {
  /** Empty: every domain. */
  allowed: readonly string[];
  /** Wins over `allowed`. */
  blocked: readonly string[];
}

/** May this host be used? An entry such as "gov" means a whole top-level domain. */
export function isHostAllowed(host: string, rules: DomainRules): boolean {
  if (rules.blocked.some((domain) => isWithin(host, domain))) return false;
  return rules.allowed.length === 0 || rules.allowed.some((domain) => isWithin(host, domain));
}

/** The bare domain of an entry as people write it; empty if there is none in it. */
export function bareDomain(entry: string): string {
  const host = entry
    .trim()
    .toLowerCase()
    .replace(/^[a-z]+:\/\//, "")
    .replace(/[/:?#].*$/s, "");
  return host
    .replace(/^(?:\*?\.)+/, "")
    .replace(/^www\.(?=[^.]+\.)/, "")
    .replace(/\.$/, "");
}

function isWithin(host: string, entry: string): boolean {
  const domain = bareDomain(entry);
  const name = host.toLowerCase().replace(/\.$/, "");
  return domain !== "" && (name === domain || name.endsWith(`.${domain}`));
}

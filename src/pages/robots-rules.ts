/** What a robots.txt says to one robot. */
export interface RobotsRules {
  isAllowed(url: URL): boolean;
}

/**
 * Reads a robots.txt for the robot with this product token. Faulty lines are skipped; what is not forbidden is allowed.
 * https://www.rfc-editor.org/rfc/rfc9309
 */
export function parseRobots(text: string, productToken: string): RobotsRules {
  const groups = groupsOf(text.slice(0, MAX_CHARS));
  const own = groups.filter((group) => group.agents.includes(productToken.toLowerCase()));
  const chosen = own.length > 0 ? own : groups.filter((group) => group.agents.includes("*"));
  const rules = chosen.flatMap((group) => group.rules).toSorted(mostSpecificFirst);
  return {
    isAllowed(url) {
      if (url.pathname === "/robots.txt") return true;
      const path = normalise(url.pathname + url.search);
      return rules.find((rule) => matches(rule.pattern, path))?.allows ?? true;
    },
  };
}

interface Rule {
  pattern: string;
  allows: boolean;
}

interface Group {
  agents: string[];
  rules: Rule[];
}

// The least that a robot must read, section 2.5.
const MAX_CHARS = 500 * 1024;

function groupsOf(text: string): Group[] {
  const groups: Group[] = [];
  let group: Group = { agents: [], rules: [] };
  let isInRules = false;
  for (const line of text.replace(/^\ufeff/, "").split(/\r\n?|\n/)) {
    const [, key = "", value = ""] = /^\s*([a-z-]+)\s*:\s*([^#]*)/i.exec(line) ?? [];
    const name = key.toLowerCase();
    if (name === "user-agent") {
      // Lines that name robots one after the other share the rules below them.
      if (groups.length === 0 || isInRules) group = { agents: [], rules: [] };
      if (group.agents.length === 0) groups.push(group);
      isInRules = false;
      group.agents.push(productTokenOf(value));
    } else if ((name === "allow" || name === "disallow") && groups.length > 0) {
      isInRules = true;
      const pattern = normalise(value.trim());
      if (pattern !== "") group.rules.push({ pattern, allows: name === "allow" });
    }
  }
  return groups;
}

function productTokenOf(value: string): string {
  return value.startsWith("*") ? "*" : (/^[a-z_-]+/i.exec(value)?.[0].toLowerCase() ?? "");
}

/** The longest pattern decides; of two equally long ones the one that allows. Section 2.2.2. */
function mostSpecificFirst(one: Rule, other: Rule): number {
  return other.pattern.length - one.pattern.length || Number(other.allows) - Number(one.allows);
}

/** `*` stands for any characters, a final `$` for the end. Takes one pass over the path for each piece. */
function matches(pattern: string, path: string): boolean {
  const isAnchored = pattern.endsWith("$");
  const pieces = (isAnchored ? pattern.slice(0, -1) : pattern).split("*");
  const last = pieces.length - 1;
  let at = 0;
  for (const [index, piece] of pieces.entries()) {
    if (isAnchored && index === last) {
      const end = path.length - piece.length;
      return path.endsWith(piece) && (last === 0 ? end === 0 : end >= at);
    }
    const found = index === 0 ? (path.startsWith(piece) ? 0 : -1) : path.indexOf(piece, at);
    if (found === -1) return false;
    at = found + piece.length;
  }
  return true;
}

/** One spelling for a path: what need not be escaped is not, the rest is, in upper case. Section 2.2.2. */
function normalise(path: string): string {
  return path
    .toWellFormed()
    .replace(/[^\x21-\x7e]/gu, (character) => encodeURIComponent(character))
    .replace(/%[0-9a-f]{2}/gi, (escaped) => {
      const character = String.fromCharCode(Number.parseInt(escaped.slice(1), 16));
      return /[\w.~-]/.test(character) ? character : escaped.toUpperCase();
    });
}

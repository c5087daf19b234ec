import { isIP } from "node:net";
import { RuminateError } from "../errors.ts";

export interface AddressRules {
  /** Ports that may be dialled. */
  ports: ReadonlySet<number>;
  isPublic(address: string): boolean;
}

/**
 * The address as it will be asked for: without fragment, host without a final dot.
 *
 * What the name resolves to is checked later, when it is dialled.
 *
 * @throws {RuminateError} PAGE_FORBIDDEN for everything but http(s) on an allowed port of a public host
 */
export function parsePageAddress(address: string, rules: AddressRules): URL {
  if (address.length > MAX_ADDRESS_CHARS) throw forbidden("The address is longer than 8 KiB.");
  if (!URL.canParse(address)) throw forbidden("That is not a complete web address.");
  const url = new URL(address);
  if (!(url.protocol in DEFAULT_PORT)) throw forbidden(`Only http and https addresses are opened, not ${url.protocol}`);
  if (url.username !== "" || url.password !== "")
    throw forbidden("Addresses with a user name or password are not opened.");
  if (!rules.ports.has(portOf(url))) throw forbidden(`Port ${portOf(url)} is not opened.`);
  url.hash = "";
  url.hostname = url.hostname.replace(/\.$/, "");
  const refusal = refusalOfHost(url.hostname, rules);
  if (refusal !== null) throw forbidden(refusal);
  return url;
}

/** The host without brackets, as sockets want it. */
export function bareHost(hostname: string): string {
  return hostname.startsWith("[") ? hostname.slice(1, -1) : hostname;
}

export function forbidden(message: string): RuminateError {
  return new RuminateError("PAGE_FORBIDDEN", `${message} Use another source.`);
}

function refusalOfHost(hostname: string, rules: AddressRules): string | null {
  const host = bareHost(hostname);
  if (isIP(host) !== 0) return rules.isPublic(host) ? null : NOT_PUBLIC;
  const labels = host.split(".");
  if (labels.length < 2 || labels.includes("") || PRIVATE_SUFFIX.test(host)) return NOT_PUBLIC;
  return null;
}

function portOf(url: URL): number {
  return url.port === "" ? (DEFAULT_PORT[url.protocol] ?? 0) : Number(url.port);
}

export const NOT_PUBLIC = "That host is not on the public web.";
const MAX_ADDRESS_CHARS = 8192;
const DEFAULT_PORT: Record<string, number> = { "http:": 80, "https:": 443 };
// Names that never mean a public site: https://www.iana.org/assignments/special-use-domain-names, the private-use
// .internal (ICANN 2024) and names that routers and companies use at home without having registered them.
const PRIVATE_SUFFIX =
  /(?:^|\.)(?:localhost|local|localdomain|internal|intranet|private|corp|home|lan|arpa|test|invalid|onion|alt)$/;

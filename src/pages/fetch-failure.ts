import { RuminateError, type RuminateErrorOptions } from "../errors.ts";
import { parseRetryAfter } from "../retry-after.ts";

export type ResponseHeaders = Record<string, string | string[] | undefined>;

/** What an answer other than a page means, in words that the model can act on. `details.status` is set. */
export function failureOfStatus(status: number, headers: ResponseHeaders): RuminateError {
  const details = { status };
  // https://developers.cloudflare.com/cloudflare-challenges/challenge-types/challenge-pages/detect-response/
  if (headerOf(headers, "cf-mitigated") === "challenge")
    return unreadable("The site lets browsers in only after a check for robots. Try another source.", { details });
  if (status === 404 || status === 410)
    return new RuminateError("PAGE_NOT_FOUND", `There is no page at this address (${status}).`, { details });
  if (status === 401 || status === 407) return unreadable("The page needs a login. Try another source.", { details });
  if (status === 402) return unreadable("The page has to be paid for. Try another source.", { details });
  if (status === 403 || status === 451)
    return unreadable(`The site refuses to show the page (${status}). Try another source.`, { details });
  if (status === 408 || status === 425 || status === 429 || status >= 500) return busy(status, headers);
  return unreadable(`The server answered ${status} instead of a page. Try another source.`, { details });
}

/** A network failure as an error of the house; errors of the house come back as they are. */
export function failureOfNetwork(error: unknown, host: string): RuminateError {
  if (error instanceof RuminateError) return error;
  const code = codeOf(error);
  const options = { cause: error, details: { host, networkCode: code } };
  if (code === "ENOTFOUND") return new RuminateError("PAGE_NOT_FOUND", `There is no site called ${host}.`, options);
  if (/TIMEOUT$|TIMEDOUT$/.test(code)) return tooSlow(host, error);
  if (/^UND_ERR_HEADERS_OVERFLOW$|^HPE_|^HTTPParserError$/.test(code))
    return unreadable(`${host} does not speak proper HTTP. Try another source.`, options);
  if (/CERT|^ERR_(?:TLS|SSL)/.test(code))
    return unreadable(`${host} has no valid certificate. Try another source.`, options);
  if (/^Z_|^ERR_/.test(code)) return unreadable("The page is packed wrongly. Try another source.", options);
  const what = code.startsWith("EAI_") ? `The name ${host} could not be looked up` : `The connection to ${host} failed`;
  return unreadable(`${what} (${code}). Try again later.`, { ...options, isRetryable: true });
}

export function tooSlow(host: string, cause?: unknown): RuminateError {
  return unreadable(`${host} did not answer in time. Try another source.`, {
    cause,
    isRetryable: true,
    details: { host },
  });
}

export function unreadable(message: string, options: RuminateErrorOptions = {}): RuminateError {
  return new RuminateError("PAGE_UNREADABLE", message, options);
}

/** One header as text; repeated ones are joined, a missing one is empty. */
export function headerOf(headers: ResponseHeaders, name: string): string {
  const value = headers[name];
  return Array.isArray(value) ? value.join(", ") : (value ?? "");
}

function busy(status: number, headers: ResponseHeaders): RuminateError {
  const waitMs = parseRetryAfter(headerOf(headers, "retry-after"), new Date());
  const what = status === 429 ? "The site says that there were too many requests" : "The site is out of order";
  const when = waitMs === null ? "" : ` It asks to wait ${Math.ceil(waitMs / 1000)} s.`;
  return unreadable(`${what} (${status}).${when} Try another source.`, {
    isRetryable: true,
    details: { status },
    ...(waitMs === null ? {} : { retryAfterMs: waitMs }),
  });
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return "unknown";
  return "code" in error && typeof error.code === "string" ? error.code : error.name;
}

/** When the other side wants to be asked again. Part of the floor: imports nothing. */

/**
 * Milliseconds that a Retry-After header asks to wait: seconds or an HTTP date, never negative; null when it is absent
 * or not understood. https://www.rfc-editor.org/rfc/rfc9110#field.retry-after
 */
export function parseRetryAfter(header: string | null | undefined, now: Date): number | null {
  const text = header?.trim() ?? "";
  if (/^\d+(?:\.\d+)?$/.test(text)) return Math.ceil(Number(text) * 1000);
  const date = Date.parse(text);
  return Number.isNaN(date) ? null : Math.max(0, date - now.getTime());
}

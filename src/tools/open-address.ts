import { asRuminateError, type ErrorCode } from "../errors.ts";
import type { ToolContext, ToolResult } from "../ports.ts";

/** Opens an address that the run may open; what the model can act on comes back as a failure in words. */
export async function openAddress(url: string, from: number | null, context: ToolContext): Promise<ToolResult> {
  const source = context.openedAs(url);
  if (source !== null) return { kind: "part", source, part: 0 };
  const refusal = context.refusalFor(url);
  if (refusal !== null) return { kind: "failure", code: "PAGE_FORBIDDEN", message: refusal };
  try {
    return { kind: "page", from, page: await context.openPage(url, { signal: context.signal }) };
  } catch (error) {
    context.signal.throwIfAborted();
    const failure = asRuminateError(error);
    if (!PAGE_FAILURES.has(failure.code)) throw error;
    return { kind: "failure", code: failure.code, message: `The page could not be opened: ${failure.message}` };
  }
}

const PAGE_FAILURES: ReadonlySet<ErrorCode> = new Set([
  "PAGE_FORBIDDEN",
  "PAGE_NOT_FOUND",
  "PAGE_UNREADABLE",
  "PAGE_TOO_LARGE",
]);

import { z } from "zod";

/** What an error says, in whichever of the known forms it came. */
export function readErrorBody(body: unknown): ErrorFacts {
  const parsed = errorBody.safeParse(typeof body === "string" ? { message: body } : body);
  if (!parsed.success) return NOTHING_SAID;
  const { message, code, type, error_type, metadata, availability, n_ctx, is_html } = parsed.data;
  const raw = typeof metadata?.raw === "string" ? metadata.raw : JSON.stringify(metadata?.raw ?? "");
  const moderation = metadata?.reasons ? "moderation" : "";
  const words = [message, code, type, error_type, metadata?.error_type, availability?.code, raw, moderation].join(" ");
  return {
    message: (message ?? "").replace(/\s+/g, " ").trim().slice(0, MAX_MESSAGE_CHARS),
    words: words.slice(0, 4 * MAX_MESSAGE_CHARS),
    availability: availability?.code ? { code: availability.code, retryable: availability.retryable ?? false } : null,
    retryAfterMs: availability?.retry_after == null ? null : availability.retry_after * 1_000,
    isHtml: is_html ?? false,
    window: n_ctx ?? null,
  };
}

export interface ErrorFacts {
  message: string;
  /** All that may carry a hint: message, upstream's message, types and codes. */
  words: string;
  availability: { code: string; retryable: boolean } | null;
  retryAfterMs: number | null;
  isHtml: boolean;
  /** llama.cpp names its window. */
  window: number | null;
}

const availabilityBody = z.object({
  code: z.string().nullish(),
  retryable: z.boolean().nullish(),
  retry_after: z.number().nullish(),
});
const loose = z.union([z.string(), z.number()]).nullish().catch(null);
// Only the fields that are used; a field of another type counts as absent, an error must not fail on its own form.
const errorBody = z.object({
  message: z.string().nullish().catch(null),
  code: loose,
  type: loose,
  error_type: loose,
  n_ctx: z.number().nullish().catch(null),
  is_html: z.boolean().nullish().catch(null),
  availability: availabilityBody.nullish().catch(null),
  metadata: z
    .object({ error_type: loose, raw: z.unknown().optional(), reasons: z.array(z.string()).nullish().catch(null) })
    .nullish()
    .catch(null),
});

// Long enough for every message that was seen; a whole page of HTML says no more.
const MAX_MESSAGE_CHARS = 400;

const NOTHING_SAID: ErrorFacts = {
  message: "",
  words: "",
  availability: null,
  retryAfterMs: null,
  isHtml: false,
  window: null,
};

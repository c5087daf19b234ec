import type { Logger } from "pino";
import { z } from "zod";
import { RuminateError } from "../errors.ts";
import type { OpenAiClient } from "./openai-client.ts";
import { type Price, readPrice } from "./prices.ts";

export interface CatalogueModel {
  id: string;
  contextTokens: number | null;
  maxOutputTokens: number | null;
  price: Price | null;
  /** Null when the endpoint does not tell. */
  hasTools: boolean | null;
  /** Day after which the model may be gone. */
  expiresOn: string | null;
  /** Ollama cuts prompts at its window without a word. */
  isOllama: boolean;
}

/** What an endpoint's /models says, refreshed daily. */
export interface Catalogue {
  /** False while the list could not be fetched: nothing can be said about any model then. */
  readonly isKnown: boolean;
  readonly models: readonly CatalogueModel[];
  /** The endpoint refused the key when it was asked for its list; else null. */
  readonly refusal: RuminateError | null;
  find(model: string): CatalogueModel | null;
  /** Fetches again in the background when the list is older than a day. */
  refreshIfOld(): void;
}

export interface CatalogueOptions {
  client: Pick<OpenAiClient, "get">;
  endpoint: string;
  log: Logger;
  now?: () => number;
}

// The process must come up without its provider; a slow list is fetched again with the first refresh.
const TIMEOUT_MS = 5_000;
const DAY_MS = 24 * 60 * 60 * 1_000;
const RETRY_MS = 10 * 60 * 1_000;

/** Fetches the list once; a failure is a warning and an unknown catalogue. */
export async function createCatalogue({ client, endpoint, log, now = Date.now }: CatalogueOptions): Promise<Catalogue> {
  let models: CatalogueModel[] = [];
  let isKnown = false;
  let refreshAt = 0;
  let refusal: RuminateError | null = null;

  async function refresh(): Promise<void> {
    refreshAt = now() + RETRY_MS;
    try {
      models = readModels(await client.get("/models", { timeoutMs: TIMEOUT_MS }));
      isKnown = models.length > 0;
      refreshAt = now() + DAY_MS;
      refusal = null;
    } catch (error) {
      refusal = error instanceof RuminateError ? error : null;
      const reason = error instanceof Error ? error.message : String(error);
      log.warn({ endpoint, reason }, "list of models could not be fetched");
    }
  }

  await refresh();
  return {
    get isKnown() {
      return isKnown;
    },
    get refusal() {
      return refusal;
    },
    get models() {
      return models;
    },
    find: (model) => findModel(models, model),
    refreshIfOld: () => {
      if (now() >= refreshAt) void refresh();
    },
  };
}

/** By name, else without OpenRouter's routing suffix: `z-ai/glm-5.2:nitro` is listed as `z-ai/glm-5.2`. */
function findModel(models: readonly CatalogueModel[], model: string): CatalogueModel | null {
  const plain = model.replace(/:(?:nitro|floor|exacto|online)$/, "");
  return models.find(({ id }) => id === model) ?? models.find(({ id }) => id === plain) ?? null;
}

const amount = z.number().positive().nullish().catch(null);
const listed = z.object({
  id: z.string(),
  owned_by: z.string().nullish().catch(null),
  // OpenRouter and Together; vLLM; Groq.
  context_length: amount,
  max_model_len: amount,
  context_window: amount,
  top_provider: z.object({ context_length: amount, max_completion_tokens: amount }).nullish().catch(null),
  supported_parameters: z.array(z.string()).nullish().catch(null),
  pricing: z.record(z.string(), z.unknown()).nullish().catch(null),
  expiration_date: z.string().nullish().catch(null),
});
const listBody = z.union([
  z.object({ data: z.array(z.unknown()) }).transform(({ data }) => data),
  z.array(z.unknown()),
]);

function readModels(body: unknown): CatalogueModel[] {
  const list = listBody.safeParse(body);
  if (!list.success) throw new Error("Expected a list of models, got something else.");
  return list.data.flatMap((item) => {
    const model = listed.safeParse(item);
    return model.success ? [toModel(model.data)] : [];
  });
}

function toModel(model: z.infer<typeof listed>): CatalogueModel {
  const { top_provider: top, supported_parameters: parameters } = model;
  const windows = [model.context_length, model.max_model_len, model.context_window, top?.context_length];
  const known = windows.filter((tokens) => tokens != null);
  return {
    id: model.id,
    contextTokens: known.length === 0 ? null : Math.min(...known),
    maxOutputTokens: top?.max_completion_tokens ?? null,
    price: readPrice(model.pricing),
    hasTools: parameters == null ? null : parameters.includes("tools"),
    expiresOn: model.expiration_date ?? null,
    isOllama: model.owned_by === "library",
  };
}

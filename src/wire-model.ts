import type { Logger } from "pino";
import type { Config } from "./config.ts";
import { createExtractiveReader } from "./model/extractive.ts";
import type { RecordModelCall } from "./model/model-call-record.ts";
import type { EndpointSettings, ModelSettings } from "./model/model-settings.ts";
import type { LanguageModel } from "./ports.ts";

/** Is there a language model to ask, or do we quote? */
export function hasLanguageModel(config: Config): boolean {
  return endpointsOf(config).length > 0;
}

/** The model chain of the configuration; without a key and a base URL the extractive reader. */
export async function createModel(
  config: Config,
  { log, record }: { log: Logger; record: RecordModelCall },
): Promise<LanguageModel> {
  if (!hasLanguageModel(config)) {
    const reader = createExtractiveReader();
    return { ...reader, contextTokens: config.CONTEXT_TOKENS ?? reader.contextTokens };
  }
  // Loads the SDK only where it is used: it costs more start-up time than the rest of the house.
  const [{ createLanguageModel }, { parseModels }] = await Promise.all([
    import("./model/create-models.ts"),
    import("./model/parse-models.ts"),
  ]);
  const settings: ModelSettings = {
    endpoints: endpointsOf(config),
    models: parseModels(config.MODELS ?? ""),
    ...(config.CONTEXT_TOKENS === undefined ? {} : { contextTokens: config.CONTEXT_TOKENS }),
  };
  return createLanguageModel(settings, { log, record });
}

export function endpointsOf(config: Config): EndpointSettings[] {
  const { OPENROUTER_API_KEY, OPENAI_API_KEY, OPENAI_BASE_URL } = config;
  const endpoints: EndpointSettings[] = [];
  if (OPENROUTER_API_KEY !== undefined) {
    // https://openrouter.ai/docs/api-reference/overview
    const baseUrl = "https://openrouter.ai/api/v1";
    endpoints.push({ name: "openrouter", baseUrl, apiKey: OPENROUTER_API_KEY, kind: "openrouter" });
  }
  if (OPENAI_API_KEY !== undefined || OPENAI_BASE_URL !== undefined) {
    endpoints.push({
      name: "openai",
      // https://platform.openai.com/docs/api-reference/introduction
      baseUrl: OPENAI_BASE_URL ?? "https://api.openai.com/v1",
      apiKey: OPENAI_API_KEY ?? null,
      kind: OPENAI_BASE_URL === undefined ? "openai" : "compatible",
    });
  }
  return endpoints;
}

import type { Logger } from "pino";
import type { Config } from "./config.ts";
import { RuminateError, userMessageFor } from "./errors.ts";
import type { EndpointSettings } from "./model/model-settings.ts";
import type { Check } from "./role-doctor.ts";
import { endpointsOf } from "./wire-model.ts";
import { backendsOf, createSources } from "./wire-sources.ts";

/** What is asked over the network: the models' endpoints and the search services. */
export async function checkModels(config: Config): Promise<Check[]> {
  const endpoints = endpointsOf(config);
  if (endpoints.length === 0) {
    const found = "no language model: answers are sentences quoted from the sources";
    return [
      { name: "models", state: "warning", found, remedy: "Set OPENROUTER_API_KEY, OPENAI_API_KEY or OPENAI_BASE_URL." },
    ];
  }
  return Promise.all(endpoints.map(checkEndpoint));
}

async function checkEndpoint({ name, baseUrl, apiKey, kind }: EndpointSettings): Promise<Check> {
  const check = `models at ${name}`;
  // The list of models is open to everybody there; this tells about the key. https://openrouter.ai/docs/api-reference/limits
  const path = kind === "openrouter" ? "/key" : "/models";
  const headers: Record<string, string> = apiKey === null ? {} : { authorization: `Bearer ${apiKey}` };
  try {
    const response = await fetch(`${baseUrl}${path}`, { headers, signal: AbortSignal.timeout(TIMEOUT_MS) });
    await response.body?.cancel();
    return { name: check, ...judge(response.status) };
  } catch {
    // What fetch throws may hold the whole address; that it cannot be reached is all there is to say.
    return { name: check, state: "failed", found: "cannot be reached", remedy: "Check the base URL and the network." };
  }
}

function judge(status: number): Omit<Check, "name"> {
  if (status < 300) return { state: "ok", found: "the endpoint answers and takes the key", remedy: null };
  if (status === 401 || status === 403) {
    return { state: "failed", found: `the key is refused (${status})`, remedy: "Set a valid API key." };
  }
  if (status === 404) {
    return {
      state: "warning",
      found: "the endpoint lists no models",
      remedy: "If questions fail, check the base URL.",
    };
  }
  return { state: "warning", found: `the endpoint answers with ${status}`, remedy: "Try again in a few minutes." };
}

export async function checkSearch(config: Config, log: Logger): Promise<Check[]> {
  const checks: Check[] = [];
  for (const name of backendsOf(config, [])) checks.push(await checkBackend(config, name, log));
  return checks;
}

async function checkBackend(config: Config, name: NonNullable<Config["SEARCH"]>[number], log: Logger): Promise<Check> {
  const check = `search with ${name}`;
  try {
    const sources = await createSources({ ...config, SEARCH: [name] }, { corpus: [], caches: NO_CACHES, log });
    try {
      const signal = AbortSignal.timeout(INDEX_MS);
      await sources.ready(signal);
      const hits = await sources.search.search("documentation", { limit: 3, signal });
      const isEmpty = hits.length === 0;
      const remedy = isEmpty ? "Check that there is something to search." : null;
      return { name: check, state: isEmpty ? "warning" : "ok", found: `${hits.length} results`, remedy };
    } finally {
      await sources.close();
    }
  } catch (error) {
    const found = error instanceof RuminateError ? `${userMessageFor(error)} (${error.message})` : "failed";
    return { name: check, state: "failed", found, remedy: "Check its key and address, and the network." };
  }
}

const TIMEOUT_MS = 10_000;
// The first index of a large folder takes this long at the most on a small machine.
const INDEX_MS = 120_000;
const NOTHING = { get: async () => undefined, set: async () => undefined };
const NO_CACHES = { pages: NOTHING, searches: NOTHING };

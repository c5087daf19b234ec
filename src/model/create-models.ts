import type { Logger } from "pino";
import { RuminateError } from "../errors.ts";
import type { LanguageModel } from "../ports.ts";
import { type Catalogue, createCatalogue } from "./catalogue.ts";
import { createModelChain } from "./chain.ts";
import type { Clock } from "./clock.ts";
import { defaultModels, knownModel } from "./default-models.ts";
import type { RecordModelCall } from "./model-call-record.ts";
import { assumedContext, createModelEntry, type ModelEntry } from "./model-entry.ts";
import type { EndpointSettings, ModelEntrySettings, ModelSettings } from "./model-settings.ts";
import { nearestSlugs } from "./nearest-slugs.ts";
import { createOpenAiClient, type OpenAiClient } from "./openai-client.ts";

export interface ModelParts {
  log: Logger;
  record: RecordModelCall;
  clock?: Clock;
}

/**
 * The language model of the settings: a chain over all their models. Asks each endpoint for its list of models first, at
 * most 5 seconds; what is wrong with a name is a warning, since lists can be wrong and models come and go.
 *
 * @throws {RuminateError} CONFIG_INVALID for settings that name no endpoint or model, or an unknown one; MODEL_UNREACHABLE
 *   or MODEL_UNAUTHORIZED when no model is named and the endpoint does not list any
 */
export async function createLanguageModel(settings: ModelSettings, parts: ModelParts): Promise<LanguageModel> {
  const endpoints = await Promise.all(settings.endpoints.map((endpoint) => openEndpoint(endpoint, parts)));
  const first = endpoints[0];
  if (first === undefined) throw new RuminateError("CONFIG_INVALID", "Expected at least one model endpoint, got none.");
  const named = settings.models.map((model) => ({ model, opened: findEndpoint(model, endpoints) }));
  const chosen = named.length > 0 ? named : endpoints.flatMap((opened) => modelsOf(opened, parts.log));
  if (chosen.length === 0) throw first.catalogue.refusal ?? noModels(first.endpoint);
  const entries = chosen.map(({ model, opened }) => {
    const entry = createModelEntry({ settings: model, ...opened, ...(parts.clock && { clock: parts.clock }) });
    if (named.length > 0) warnOfName(entry, opened, parts.log);
    warnOfWindow(entry, model, opened, parts.log);
    return entry;
  });
  const { contextTokens, idleTimeoutMs, totalTimeoutMs } = settings;
  return createModelChain({
    entries,
    ...parts,
    ...(contextTokens === undefined ? {} : { contextTokens }),
    times: {
      ...(idleTimeoutMs === undefined ? {} : { idleMs: idleTimeoutMs }),
      ...(totalTimeoutMs === undefined ? {} : { totalMs: totalTimeoutMs }),
    },
  });
}

interface OpenedEndpoint {
  endpoint: EndpointSettings;
  client: OpenAiClient;
  catalogue: Catalogue;
}

async function openEndpoint(settings: EndpointSettings, { log, clock }: ModelParts): Promise<OpenedEndpoint> {
  const endpoint = { ...settings, apiKey: settings.apiKey?.trim() || null };
  checkEndpoint(endpoint);
  const client = createOpenAiClient(endpoint);
  const now = clock === undefined ? {} : { now: clock.now };
  return { endpoint, client, catalogue: await createCatalogue({ client, endpoint: endpoint.name, log, ...now }) };
}

function checkEndpoint({ name, baseUrl, apiKey }: EndpointSettings): void {
  if (!/^https?:/.test(baseUrl) || !URL.canParse(baseUrl)) {
    throw new RuminateError(
      "CONFIG_INVALID",
      `Expected the base URL of the model endpoint ${name} to be a web address.`,
    );
  }
  const { username, password } = new URL(baseUrl);
  if (username !== "" || password !== "") {
    // A password in an address would be shown wherever the address is.
    const message = `Expected the base URL of the model endpoint ${name} without user name and password; give the key as the API key.`;
    throw new RuminateError("CONFIG_INVALID", message);
  }
  // As a header value these would fail late, with the key in the error.
  if (apiKey !== null && !/^[!-~]+$/.test(apiKey)) {
    const message = `Expected the API key of the model endpoint ${name} without spaces, line breaks and special characters.`;
    throw new RuminateError("CONFIG_INVALID", message);
  }
}

/** The endpoint that the entry names; without a name the first that lists the model, else the first. */
function findEndpoint({ model, endpoint }: ModelEntrySettings, opened: readonly OpenedEndpoint[]): OpenedEndpoint {
  const found =
    endpoint === null
      ? (opened.find(({ catalogue }) => catalogue.find(model) !== null) ?? opened[0])
      : opened.find((candidate) => candidate.endpoint.name === endpoint);
  if (found !== undefined) return found;
  const names = opened.map((candidate) => candidate.endpoint.name).join(", ");
  throw new RuminateError(
    "CONFIG_INVALID",
    `The model ${model} names the endpoint "${endpoint}"; there are: ${names}.`,
  );
}

interface ChosenModel {
  model: ModelEntrySettings;
  opened: OpenedEndpoint;
}

/** The defaults that the endpoint still has; else, for a server of one's own, the first model that it lists. */
function modelsOf(opened: OpenedEndpoint, log: Logger): ChosenModel[] {
  const { endpoint, catalogue } = opened;
  const defaults = defaultModels(endpoint.kind, endpoint.name);
  const offered = defaults.filter(({ model }) => catalogue.find(model) !== null || model.startsWith("~"));
  const isTold = catalogue.isKnown && offered.length > 0;
  if (isTold && offered.length < defaults.length) {
    const gone = defaults.filter((entry) => !offered.includes(entry)).map(({ model }) => model);
    log.warn({ endpoint: endpoint.name, gone }, "default models are not offered any more");
  }
  const models = isTold ? offered : defaults;
  if (models.length > 0) return models.map((model) => ({ model, opened }));
  const listed = catalogue.models.find(({ id }) => !NO_CHAT.test(id));
  if (listed === undefined) return [];
  log.info({ endpoint: endpoint.name, model: listed.id }, "model taken from the endpoint's list");
  return [{ model: { model: listed.id, endpoint: endpoint.name }, opened }];
}

// Lists of self-hosted servers hold these beside chat models.
const NO_CHAT = /embed|rerank|whisper|tts|bge-|clip/i;

function noModels({ name, baseUrl }: EndpointSettings): RuminateError {
  return new RuminateError(
    "MODEL_UNREACHABLE",
    `The model endpoint ${name} (${baseUrl}) lists no models. Is it running, and is the address right? If it has no list, name a model in MODELS.`,
  );
}

function warnOfName({ model, endpoint }: ModelEntry, { catalogue }: OpenedEndpoint, log: Logger): void {
  const listed = catalogue.find(model);
  const expiresOn = listed?.expiresOn ?? null;
  if (expiresOn !== null) log.warn({ model, endpoint, expiresOn }, "model will be withdrawn");
  if (!catalogue.isKnown || listed !== null || model.startsWith("~")) return;
  const slugs = catalogue.models.map(({ id }) => id);
  log.warn({ model, endpoint, nearest: nearestSlugs(model, slugs) }, "model is not in the endpoint's list");
}

/** A window that is only assumed is the commonest cause of poor answers from servers of one's own. */
function warnOfWindow(entry: ModelEntry, settings: ModelEntrySettings, opened: OpenedEndpoint, log: Logger): void {
  const { model, endpoint } = entry;
  const { catalogue } = opened;
  const isTold = (catalogue.find(model)?.contextTokens ?? knownModel(model)?.contextTokens) != null;
  if (settings.contextTokens !== undefined || isTold || entry.isListed === false) return;
  const assumed = assumedContext(catalogue, model);
  const fields = { model, endpoint, contextTokens: assumed, isOllama: catalogue.find(model)?.isOllama ?? false };
  log.warn(fields, "context window is not known and is assumed; set it with context= in MODELS");
}

import {
  type APIApplicationCommandAutocompleteInteraction,
  type APIApplicationCommandInteractionDataOption,
  type APIInteraction,
  type APIModalSubmitInteraction,
  type APIUser,
  Routes,
} from "discord.js";
import type {
  ActionSource,
  ChatHandlers,
  DigestAction,
  DigestForm,
  DigestLine,
  DigestReply,
  DigestVerb,
} from "../../src/chat-ports.ts";
import { createMemory } from "./channels.ts";
import { digestVerb } from "./commands.ts";
import type { CustomId } from "./custom-id.ts";
import {
  cardContent,
  type DigestButton,
  listContent,
  problemsContent,
  proposalContent,
  suggestionOf,
  sureContent,
} from "./digest-cards.ts";
import { digestForm, digestIdOf, readDigestFields } from "./digest-forms.ts";
import type { DiscordApi } from "./discord-api.ts";
import { inert, userIdOf } from "./private-words.ts";
import type { Replies } from "./replies.ts";

export interface HearDigestsParts {
  api: DiscordApi;
  replies: Replies;
  handlers: ChatHandlers;
  sourceOf(interaction: APIInteraction): Promise<ActionSource>;
  /** Why nothing can be told in the channel, in words; null when something can. */
  hindranceOf(interaction: APIInteraction): Promise<string | null>;
}

/** Forms, lists and buttons of digests. Everything is shown to the person alone. */
export function createHearDigests({ api, replies, handlers, sourceOf, hindranceOf }: HearDigestsParts) {
  const names = createMemory<string>(1_000);

  async function linesIn(source: ActionSource): Promise<DigestLine[]> {
    const reply = await handlers.onDigest({ type: "list" }, source);
    return reply.kind === "list" ? reply.digests : [];
  }

  /** Of what was chosen from the suggestions; also of a name that somebody typed to the end. */
  async function idOf(chosen: string, source: ActionSource): Promise<string> {
    const lines = await linesIn(source);
    const named = lines.filter(({ name }) => name.toLowerCase().includes(chosen.toLowerCase()));
    return lines.some(({ id }) => id === chosen) || named.length !== 1 ? chosen : (named[0]?.id ?? chosen);
  }

  /** The digest with its buttons, as it is now. */
  async function cardOf(id: string, source: ActionSource, content = cardContent) {
    const line = (await linesIn(source)).find((candidate) => candidate.id === id);
    return line === undefined ? "There is no such digest in this channel any more." : content(line);
  }

  async function ask(interaction: APIInteraction, action: DigestAction): Promise<void> {
    return answer(interaction, await handlers.onDigest(action, await sourceOf(interaction)));
  }

  function answer(interaction: APIInteraction, reply: DigestReply): Promise<void> {
    switch (reply.kind) {
      case "form":
        return replies.openForm(interaction, digestForm(reply.form, reply.digestId));
      case "problems":
        return replies.whisper(interaction, problemsContent(reply));
      case "proposal":
        return replies.whisper(interaction, proposalContent(reply));
      case "list":
        return replies.whisper(interaction, listContent(reply.digests));
      case "saved":
        return replies.settle(interaction, inert(reply.text));
      case "words":
        return replies.whisper(interaction, inert(reply.text));
    }
  }

  /** What changes how it stands is seen on its card. */
  async function changeOnCard(interaction: APIInteraction, type: DigestVerb, digestId: string): Promise<void> {
    const source = await sourceOf(interaction);
    const reply = await handlers.onDigest({ type, digestId }, source);
    const card = await cardOf(digestId, source);
    return replies.settle(interaction, typeof card === "string" && reply.kind === "words" ? inert(reply.text) : card);
  }

  /** Who says when and what sees at once what becomes of it; else a form asks, with what was given already in it. */
  async function create(interaction: APIInteraction, given: Given): Promise<void> {
    const hindrance = await hindranceOf(interaction);
    if (hindrance !== null) return replies.whisper(interaction, hindrance);
    const reply = await handlers.onDigest({ type: "fill-in", digestId: null }, await sourceOf(interaction));
    if (reply.kind !== "form") return answer(interaction, reply);
    const form = withGiven(reply.form, given);
    if (given.has("when") && given.has("about")) return ask(interaction, { type: "propose", digestId: null, form });
    return answer(interaction, { ...reply, form });
  }

  /** At once what was chosen, else everything that can be done. */
  async function manage(interaction: APIInteraction, given: Given): Promise<void> {
    const source = await sourceOf(interaction);
    const digestId = await idOf(given.get("digest")?.trim() ?? "", source);
    const verb = digestVerb(given.get("action"));
    if (verb !== null) return ask(interaction, { type: verb, digestId });
    await replies.whisper(interaction, await cardOf(digestId, source));
  }

  async function nameOf(person: string): Promise<string> {
    const id = userIdOf(person) ?? "";
    const known = names.get(id);
    if (known !== undefined) return known;
    try {
      const { global_name: shown, username } = await api.get<APIUser>(Routes.user(id));
      names.set(id, shown ?? username);
      return shown ?? username;
    } catch {
      // A list without a name is better than none; somebody waits for each letter they type.
      return "somebody";
    }
  }

  return {
    /** `/digest …` */
    command: async (interaction: APIInteraction, subcommand: string, given: Given): Promise<void> => {
      if (subcommand === "list") return ask(interaction, { type: "list" });
      return subcommand === "create" ? create(interaction, given) : manage(interaction, given);
    },
    /** While somebody types which digest they mean. */
    complete: async (interaction: APIApplicationCommandAutocompleteInteraction): Promise<void> => {
      const typed = typedIn(interaction.data.options).toLowerCase();
      const lines = await linesIn(await sourceOf(interaction));
      const named = await Promise.all(lines.map(async (line) => suggestionOf(line, await nameOf(line.owner))));
      await replies.suggest(
        interaction,
        named.filter(({ name, value }) => `${name} ${value}`.toLowerCase().includes(typed)),
      );
    },
    press: async (interaction: APIInteraction, { action, subject }: CustomId): Promise<void> => {
      switch (action as DigestButton) {
        case "digest-new":
          return ask(interaction, { type: "fill-in", digestId: null });
        case "digest-edit":
          return ask(interaction, { type: "fill-in", digestId: subject });
        case "digest-again":
          return ask(interaction, { type: "fill-in-again", draftId: subject });
        case "digest-save":
          return ask(interaction, { type: "save", draftId: subject });
        case "digest-card":
          return replies.settle(interaction, await cardOf(subject, await sourceOf(interaction)));
        case "digest-delete":
          return replies.settle(interaction, await cardOf(subject, await sourceOf(interaction), sureContent));
        case "digest-sure":
          return changeOnCard(interaction, "delete", subject);
        case "digest-pause":
          return changeOnCard(interaction, "pause", subject);
        case "digest-resume":
          return changeOnCard(interaction, "resume", subject);
        case "digest-run":
          return ask(interaction, { type: "run", digestId: subject });
        case "digest-preview":
          return ask(interaction, { type: "preview", digestId: subject });
        case "digest-history":
          return ask(interaction, { type: "history", digestId: subject });
      }
    },
    submit: async (interaction: APIModalSubmitInteraction, subject: string): Promise<void> => {
      const form = readDigestFields(interaction);
      await ask(interaction, { type: "propose", digestId: digestIdOf(subject), form });
    },
  };
}

type Given = ReadonlyMap<string, string>;

function withGiven(form: DigestForm, given: Given): DigestForm {
  const feed = given.get("feed");
  const when = given.get("when");
  return {
    ...form,
    topic: [given.get("about") ?? "", feed === undefined ? "" : `feed ${feed}`].join(" ").trim(),
    timetable: when ?? form.timetable,
    length: given.get("length") === "brief" ? "brief" : "standard",
    whenNothingNew: given.get("without-news") === "line" ? "line" : "silent",
  };
}

/** What was typed so far in the field that the person is at. */
function typedIn(options: readonly APIApplicationCommandInteractionDataOption<never>[] | readonly object[]): string {
  for (const option of options as readonly { focused?: boolean; value?: unknown; options?: object[] }[]) {
    if (option.focused === true) return String(option.value ?? "");
    const inside = option.options === undefined ? "" : typedIn(option.options);
    if (inside !== "") return inside;
  }
  return "";
}

import { randomUUID } from "node:crypto";
import { refusalOfBlocks, refusalOfView } from "./fake-slack-blocks.ts";
import type { Delivery } from "./fake-slack-delivery.ts";
import { channelType, MOST_VIEWS } from "./fake-slack-methods.ts";
import {
  type EphemeralMessage,
  messagePayload,
  type OpenView,
  type SlackBlock,
  type SlackChannel,
  type SlackMessage,
  type SlackUser,
  type SlackView,
  type SlackWorkspace,
} from "./fake-slack-world.ts";

export interface PeopleParts {
  now(): number;
  nextTs(): string;
  deliver(kind: Delivery["kind"], body: Record<string, unknown>): Promise<Delivery>;
  isSubscribed(eventType: string): boolean;
  baseUrl(): string;
  lookAgain(): void;
}

/** Where somebody is. */
export interface Place {
  workspace: SlackWorkspace;
  user: SlackUser;
  channel: SlackChannel;
}

export interface Said {
  message: SlackMessage;
  /** The events that told the app of it. */
  delivered: Promise<Delivery[]>;
}

export interface Press {
  actionId: string;
  /** In place of the button's own value: what a forger would send. */
  value?: string;
  /** For menus: the value that is chosen. */
  chosen?: string;
}

export type People = ReturnType<typeof createPeople>;

const MOST_PRIVATE_TEXT = 4_000;
const TRIGGER_LIFE_MS = 3_000;
const RESPONSE_USES = 5;
const RESPONSE_LIFE_MS = 30 * 60_000;

/** What people do in Slack's windows, as the requests that the app gets. */
export function createPeople(parts: PeopleParts) {
  const { now, nextTs, deliver } = parts;
  const triggers = new Map<string, { user: string; at: number; isUsed: boolean }>();
  const responses = new Map<
    string,
    { place: Place; at: number; uses: number; of: SlackMessage | EphemeralMessage | null }
  >();

  function newTrigger(user: SlackUser): string {
    const id = `${nextTs()}.${randomUUID()}`;
    triggers.set(id, { user: user.id, at: now(), isUsed: false });
    return id;
  }

  function newResponseUrl(place: Place, of: SlackMessage | EphemeralMessage | null = null): string {
    const id = randomUUID();
    responses.set(id, { place, at: now(), uses: 0, of });
    return `${parts.baseUrl()}/respond/${id}`;
  }

  function eventBody(workspace: SlackWorkspace, event: Record<string, unknown>, channel: SlackChannel | null) {
    return {
      token: "verification",
      team_id: workspace.id,
      context_team_id: workspace.id,
      api_app_id: "A0FAKE",
      type: "event_callback",
      event_id: `Ev${randomUUID().replaceAll("-", "").slice(0, 12)}`,
      event_time: Math.floor(now() / 1000),
      is_ext_shared_channel: channel?.isExternallyShared ?? false,
      authorizations: [
        {
          enterprise_id: workspace.enterpriseId,
          team_id: workspace.id,
          user_id: workspace.botUserId,
          is_bot: true,
          is_enterprise_install: workspace.isOrganisations,
        },
      ],
      event: { event_ts: nextTs(), ...event },
    };
  }

  async function sendEvent(
    workspace: SlackWorkspace,
    event: Record<string, unknown>,
    channel: SlackChannel | null = null,
  ): Promise<Delivery[]> {
    const name =
      event.type === "message" ? `message.${MESSAGE_EVENTS[String(event.channel_type)]}` : String(event.type);
    if (!parts.isSubscribed(name)) return [];
    return [await deliver("events_api", eventBody(workspace, event, channel))];
  }

  function say(place: Place, text: string, options: { threadTs?: string; ts?: string } = {}): Said {
    const { user, channel } = place;
    const message: SlackMessage = {
      ts: options.ts ?? nextTs(),
      threadTs: options.threadTs ?? null,
      channel: channel.id,
      user: user.id,
      botId: null,
      text,
      blocks: [],
      metadata: null,
      files: [],
      edits: 0,
      isDeleted: false,
      isBroadcast: false,
      unfurls: true,
      stream: null,
    };
    channel.messages.push(message);
    return { message, delivered: tell(place, message) };
  }

  /** A mention comes twice, as two events with ids of their own, and nothing says which is first. */
  async function tell({ workspace, channel }: Place, message: SlackMessage): Promise<Delivery[]> {
    if (!channel.members.has(workspace.botUserId)) return [];
    const shared = { ...messagePayload(message), channel: channel.id, team: workspace.id };
    const sent = [sendEvent(workspace, { ...shared, channel_type: channelType(channel) }, channel)];
    const isMention = message.text.includes(`<@${workspace.botUserId}>`) && channel.kind !== "im";
    if (isMention) sent.push(sendEvent(workspace, { ...shared, type: "app_mention" }, channel));
    return (await Promise.all(sent)).flat();
  }

  async function command(place: Place, text: string, name = "/research"): Promise<Delivery> {
    const { workspace, user, channel } = place;
    const delivery = await deliver("slash_commands", {
      token: "verification",
      team_id: workspace.id,
      team_domain: "fake",
      channel_id: channel.id,
      channel_name: channel.kind === "im" ? "directmessage" : channel.name,
      user_id: user.id,
      user_name: user.name,
      command: name,
      text,
      api_app_id: "A0FAKE",
      is_enterprise_install: String(workspace.isOrganisations),
      ...(workspace.enterpriseId === null ? {} : { enterprise_id: workspace.enterpriseId }),
      response_url: newResponseUrl(place),
      trigger_id: newTrigger(user),
    });
    const { text: words, blocks, response_type: type } = delivery.response ?? {};
    const refusal = refusalOfBlocks(blocks ?? [], "message");
    if (refusal !== null) throw new Error(`Slack does not show the reply: ${refusal}`);
    if (String(words ?? "").length > MOST_PRIVATE_TEXT) throw new Error("Slack does not show so long a reply");
    if (typeof words === "string" && words !== "" && type !== "in_channel")
      workspace.ephemerals.push({
        ...{ channel: channel.id, user: user.id, text: words, blocks: (blocks ?? []) as SlackBlock[] },
        threadTs: null,
        via: "ack",
      });
    parts.lookAgain();
    return delivery;
  }

  function interaction(place: Omit<Place, "channel">): Record<string, unknown> {
    const { workspace, user } = place;
    return {
      user: { id: user.id, username: user.name, name: user.name, team_id: workspace.id },
      team: { id: workspace.id, domain: "fake" },
      enterprise: workspace.enterpriseId === null ? null : { id: workspace.enterpriseId, name: "Org" },
      is_enterprise_install: workspace.isOrganisations,
      api_app_id: "A0FAKE",
      token: "verification",
      trigger_id: newTrigger(user),
    };
  }

  function press(place: Place, message: SlackMessage | EphemeralMessage, how: Press): Promise<Delivery> {
    const { channel } = place;
    const action = actionOf(message.blocks, how, now());
    const isEphemeral = !("ts" in message);
    const ts = isEphemeral ? nextTs() : message.ts;
    const thread = message.threadTs === null ? {} : { thread_ts: message.threadTs };
    return deliver("interactive", {
      ...interaction(place),
      type: "block_actions",
      container: { type: "message", message_ts: ts, channel_id: channel.id, is_ephemeral: isEphemeral, ...thread },
      channel: { id: channel.id, name: channel.name },
      ...(isEphemeral ? {} : { message: messagePayload(message) }),
      response_url: newResponseUrl(place, message),
      actions: [action],
    });
  }

  function pressInView(place: Omit<Place, "channel">, view: SlackView, how: Press): Promise<Delivery> {
    const id = `V${nextTs()}`;
    return deliver("interactive", {
      ...interaction(place),
      type: "block_actions",
      container: { type: "view", view_id: id },
      view: { id, team_id: place.workspace.id, ...view, state: { values: {} } },
      actions: [actionOf(view.blocks, how, now())],
    });
  }

  /** @param values by action id */
  async function submit(
    place: Omit<Place, "channel">,
    open: OpenView,
    values: Record<string, unknown>,
  ): Promise<Delivery> {
    const delivery = await deliver("interactive", {
      ...interaction(place),
      type: "view_submission",
      view: {
        id: open.id,
        hash: open.hash,
        team_id: place.workspace.id,
        app_installed_team_id: place.workspace.id,
        ...open.view,
        state: { values: stateOf(open.view, values) },
      },
      response_urls: [],
    });
    if (delivery.isAcknowledged) showNext(place.workspace, open, delivery.response ?? {});
    return delivery;
  }

  /** What becomes of the windows that a person has open. */
  function showNext({ modals }: SlackWorkspace, open: OpenView, response: Foreign): void {
    const { response_action: action, view, errors } = response;
    const at = modals.indexOf(open);
    if (action === "push" || action === "update") {
      const refusal = view?.type === "modal" ? refusalOfView(view) : "view type";
      if (refusal !== null) throw new Error(`Slack does not show the view: ${refusal}`);
      if (action === "update") open.view = view;
      else if (modals.length >= MOST_VIEWS) throw new Error("Slack shows three views at most");
      else modals.push({ ...open, id: `V${nextTs()}`, hash: nextTs(), view });
    } else if (action === "errors") {
      const fields = open.view.blocks.filter(({ type }) => type === "input").map((block) => block.block_id);
      const strange = Object.keys(errors).filter((name) => !fields.includes(name));
      if (strange.length > 0 || Object.keys(errors).length === 0) throw new Error(`there is no field ${strange}`);
    } else if (action === "clear") modals.length = 0;
    else if (action === undefined) modals.splice(at, 1);
    else throw new Error(`Slack knows no response_action ${action}`);
  }

  function respond(id: string, body: Record<string, unknown>): string | null {
    const known = responses.get(id);
    if (known === undefined || known.uses >= RESPONSE_USES || now() - known.at > RESPONSE_LIFE_MS) return "used_url";
    known.uses += 1;
    const { workspace, channel, user } = known.place;
    const blocks = (body.blocks ?? []) as SlackBlock[];
    if (refusalOfBlocks(blocks, "message") !== null) return "invalid_blocks";
    if (String(body.text ?? "").length > MOST_PRIVATE_TEXT) return "msg_too_long";
    if (body.delete_original === true) {
      if (known.of !== null && "ts" in known.of) known.of.isDeleted = true;
    } else {
      const text = String(body.text ?? "");
      if (body.replace_original === true && known.of !== null) {
        Object.assign(known.of, { text, blocks });
        parts.lookAgain();
        return null;
      }
      const where = { channel: channel.id, threadTs: (body.thread_ts as string | undefined) ?? null };
      workspace.ephemerals.push({ ...where, user: user.id, text, blocks, via: "response_url" });
    }
    parts.lookAgain();
    return null;
  }

  return {
    say,
    command,
    press,
    pressInView,
    submit,
    respond,
    sendEvent,
    /** The same request again, as Slack does when it is not sure. */
    repeat: (delivery: Delivery): Promise<Delivery> => deliver(delivery.kind, delivery.body),
    announce: (workspace: SlackWorkspace, event: Record<string, unknown>): void => {
      const channel = workspace.channels.get(String(event.channel)) ?? null;
      void sendEvent(workspace, event, channel);
    },
    useTrigger: (id: string): { user: string } | { error: string } => {
      const trigger = triggers.get(id);
      if (trigger === undefined) return { error: "invalid_trigger_id" };
      if (trigger.isUsed) return { error: "exchanged_trigger_id" };
      if (now() - trigger.at > TRIGGER_LIFE_MS) return { error: "expired_trigger_id" };
      trigger.isUsed = true;
      return { user: trigger.user };
    },
    shortcut: (place: Place, message: SlackMessage, callbackId: string): Promise<Delivery> =>
      deliver("interactive", {
        ...interaction(place),
        type: "message_action",
        callback_id: callbackId,
        channel: { id: place.channel.id, name: place.channel.name },
        message_ts: message.ts,
        message: messagePayload(message),
        response_url: newResponseUrl(place),
      }),
    deleteMessage: (place: Place, message: SlackMessage): Promise<Delivery[]> => {
      message.isDeleted = true;
      const { channel } = place;
      const previous = messagePayload(message);
      return sendEvent(
        place.workspace,
        {
          ...{ type: "message", subtype: "message_deleted", hidden: true, channel: channel.id },
          ...{ deleted_ts: message.ts, previous_message: previous, channel_type: channelType(channel) },
        },
        channel,
      );
    },
    /** Somebody opens the app beside a channel, with Slack's older assistant view. */
    startAssistantThread: ({ workspace, user }: Omit<Place, "channel">, seen: string | null): Promise<Delivery[]> =>
      sendEvent(workspace, {
        type: "assistant_thread_started",
        assistant_thread: {
          ...{ user_id: user.id, channel_id: `D${user.id}`, thread_ts: nextTs() },
          context: seen === null ? {} : { channel_id: seen, team_id: workspace.id },
        },
      }),
    /** Somebody looks at another channel while the conversation with the app stands beside it. */
    lookAt: ({ workspace, user, channel }: Place): Promise<Delivery[]> =>
      sendEvent(workspace, {
        ...{ type: "app_context_changed", channel: `D${user.id}`, user: user.id },
        context: { entities: [{ type: "slack#/types/channel_id", value: channel.id, team_id: workspace.id }] },
      }),
    openHome: ({ workspace, user }: Omit<Place, "channel">, tab: "home" | "messages" = "home"): Promise<Delivery[]> =>
      sendEvent(workspace, { type: "app_home_opened", user: user.id, channel: `D${user.id}`, tab }),
    /** Slack ends at once what is streamed there. */
    stopSession: ({ workspace, user, channel }: Place, threadTs: string): Promise<Delivery[]> => {
      const streamed = channel.messages.filter((message) => message.threadTs === threadTs && message.stream !== null);
      for (const { stream } of streamed) if (stream !== null) stream.isStopped = true;
      return sendEvent(workspace, {
        ...{ type: "agent_session_stopped", channel: channel.id, user: user.id },
        ...{ thread_ts: threadTs, streaming_message_ts: streamed.map(({ ts }) => ts) },
      });
    },
    /** Somebody brings the app into a channel. */
    invite: ({ workspace, user, channel }: Place): Promise<Delivery[]> => {
      channel.members.add(workspace.botUserId);
      const event = { type: "member_joined_channel", user: workspace.botUserId, channel: channel.id };
      return sendEvent(workspace, { ...event, channel_type: "C", team: workspace.id, inviter: user.id }, channel);
    },
    uninstall: (workspace: SlackWorkspace): Promise<Delivery[]> => sendEvent(workspace, { type: "app_uninstalled" }),
    /** Of people (`oauth`) or of bots, by user id. */
    revokeTokens: (workspace: SlackWorkspace, tokens: { oauth?: string[]; bot?: string[] }): Promise<Delivery[]> =>
      sendEvent(workspace, { type: "tokens_revoked", tokens }),
  };
}

const MESSAGE_EVENTS: Record<string, string> = { channel: "channels", group: "groups", im: "im", mpim: "mpim" };

// biome-ignore lint/suspicious/noExplicitAny: blocks as they were posted
type Foreign = any;

/** The action that a press of this element sends. Nobody can press what is not there. */
function actionOf(blocks: readonly SlackBlock[], { actionId, value, chosen }: Press, now: number): Foreign {
  for (const block of blocks as Foreign[]) {
    const inside = [...(block.elements ?? []), ...(block.accessory === undefined ? [] : [block.accessory])];
    const element = inside.find((candidate: Foreign) => candidate.action_id === actionId);
    const child =
      block.child_blocks === undefined ? null : tryActionOf(block.child_blocks, { actionId, value, chosen });
    if (child !== null) return child;
    if (element === undefined) continue;
    const action = { action_id: actionId, block_id: block.block_id ?? "b1", type: element.type };
    const stamp = { action_ts: String(now / 1000) };
    if (element.type === "feedback_buttons") return { ...action, ...stamp, value: value ?? chosen };
    if (element.options !== undefined) {
      const option = element.options.find((candidate: Foreign) => candidate.value === chosen);
      if (option === undefined) throw new Error(`there is no option ${chosen}`);
      return { ...action, ...stamp, selected_option: value === undefined ? option : { ...option, value } };
    }
    return { ...action, ...stamp, text: element.text, value: value ?? element.value };
  }
  throw new Error(`there is no element ${actionId} in ${JSON.stringify(blocks).slice(0, 400)}`);
}

function tryActionOf(blocks: SlackBlock[], how: Press): Foreign | null {
  try {
    return actionOf(blocks, how, Date.now());
  } catch {
    // Not in this container: the caller looks further and says so in the end.
    return null;
  }
}

/** What Slack sends for the fields of a form. */
function stateOf(view: SlackView, values: Record<string, unknown>): Record<string, Record<string, unknown>> {
  const state: Record<string, Record<string, unknown>> = {};
  for (const block of view.blocks as Foreign[]) {
    const element = block.element;
    if (block.type !== "input") continue;
    const blockId = block.block_id ?? element.action_id;
    const given = values[element.action_id];
    state[blockId] = { [element.action_id]: fieldOf(element, given, block.optional === true) };
  }
  return state;
}

function fieldOf(element: Foreign, given: unknown, isOptional: boolean): Record<string, unknown> {
  const { type } = element;
  switch (type) {
    case "plain_text_input":
    case "number_input":
      // Slack itself asks for what is not optional.
      if (!isOptional && !(given ?? element.initial_value)) throw new Error(`${element.action_id} is empty`);
      return { type, value: given ?? element.initial_value ?? null };
    case "static_select":
    case "radio_buttons": {
      const chosen = element.options.find((option: Foreign) => option.value === given);
      if (given !== undefined && chosen === undefined) throw new Error(`there is no option ${given}`);
      return { type, selected_option: chosen ?? element.initial_option ?? null };
    }
    case "checkboxes": {
      const wanted = given as string[] | undefined;
      const chosen = element.options.filter((option: Foreign) => wanted?.includes(option.value));
      return { type, selected_options: wanted === undefined ? (element.initial_options ?? []) : chosen };
    }
    case "timepicker":
      return { type, selected_time: given ?? element.initial_time ?? null };
    case "multi_conversations_select":
      return { type, selected_conversations: given ?? element.initial_conversations ?? [] };
    case "conversations_select":
      return { type, selected_conversation: given ?? element.initial_conversation ?? null };
    default:
      throw new Error(`the fake knows no field ${type}`);
  }
}

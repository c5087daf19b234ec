import type { ActionSource, ChatHandlers, ChatPlatform, DigestAction, DigestForm, DigestReply } from "../chat-ports.ts";
import type { Digest, ThreadRef } from "../types.ts";
import type { IsAdmin } from "./admins.ts";
import { type AllowList, isAllowed } from "./allow-list.ts";
import {
  type DigestDraft,
  type DigestReplyParts,
  linesOf,
  manageDigests,
  nameOf,
  notHere,
  saveEdit,
  saveNew,
} from "./digest-desk.ts";
import { describeOptions, formOf, readDigestForm } from "./digest-form.ts";
import { isSameChannel } from "./same-channel.ts";
import { digestRefusal, type SettingsDesk } from "./settings-desk.ts";
import { describeTimetable, wallTime } from "./timetable/describe-timetable.ts";
import { nextTimes } from "./timetable/next-times.ts";

export interface DigestActionsParts {
  platform: Pick<ChatPlatform, "timeZoneOf" | "placeKind">;
  allowed: AllowList;
  digests: DigestReplyParts;
  settings: Pick<SettingsDesk, "of">;
  isAdmin: IsAdmin;
}

/** What people do with digests in forms and with buttons: the same as with words. */
export function createDigestActions({
  platform,
  allowed,
  digests,
  settings,
  isAdmin,
}: DigestActionsParts): ChatHandlers["onDigest"] {
  const { desk } = digests;

  /** Who looks at their own page is in no channel: there their own digests can be managed, wherever they are told. */
  async function find(id: string, { person, thread }: ActionSource): Promise<Digest | null> {
    const digest = await desk.find(id);
    if (digest === null) return null;
    const isOwn = thread.channelId === "" && digest.owner === person && isSameWorkspace(digest.place, thread);
    return isOwn || isSameChannel(digest.place, thread) ? digest : null;
  }

  async function fillIn(id: string | null, source: ActionSource): Promise<DigestReply> {
    if (id === null) {
      const set = await settings.of({ asker: source.person, thread: source.thread });
      const timeZone = set.timeZone ?? (await platform.timeZoneOf(source.person)) ?? digests.timeZone;
      return { kind: "form", digestId: null, form: formOf(null, timeZone) };
    }
    const digest = await find(id, source);
    return digest === null ? words(notHere(id)) : { kind: "form", digestId: id, form: formOf(digest, digest.timeZone) };
  }

  async function fillInAgain(draftId: string, source: ActionSource): Promise<DigestReply> {
    const draft = await draftOf(draftId, source);
    return draft === null ? words(TOO_OLD) : { kind: "form", digestId: draft.digestId, form: draft.form };
  }

  /** What somebody filled in is theirs alone. */
  async function draftOf(id: string, { person, thread }: ActionSource): Promise<DigestDraft | null> {
    const draft = await desk.draft(id);
    return draft?.person === person && isSameWorkspace(draft.place, thread) ? draft : null;
  }

  function read(form: DigestForm) {
    return readDigestForm(form, { timeZone: digests.timeZone, limits: desk.limits, now: digests.now() });
  }

  async function propose(id: string | null, form: DigestForm, source: ActionSource): Promise<DigestReply> {
    const digest = id === null ? null : await find(id, source);
    if (id !== null && digest === null) return words(notHere(id));
    const { person, thread } = source;
    const place = { ...(digest?.place ?? thread), threadId: null };
    const draftId = await desk.keepDraft({ digestId: id, place, person, form });
    const wish = read(form);
    if (Array.isArray(wish)) return { kind: "problems", draftId, problems: wish };
    const { timeZone } = wish;
    const schedule = { cron: wish.timetable, timeZone };
    const next = nextTimes(schedule, { after: digests.now().toISOString(), count: 3 });
    const lines = [
      describeTimetable(schedule),
      `Next: ${next.map((time) => wallTime(time, timeZone)).join(", ")}`,
      describeOptions(wish.options),
      ...wish.options.feeds.map((url) => `Feed: ${url}`),
      ...(digest !== null && digest.state !== "active" ? ["It is paused and stays so."] : []),
    ];
    return { kind: "proposal", draftId, title: nameOf(wish), lines };
  }

  async function save(draftId: string, source: ActionSource): Promise<DigestReply> {
    const draft = await draftOf(draftId, source);
    if (draft === null) return words(TOO_OLD);
    const { digestId, form, place, person } = draft;
    const wish = read(form);
    // The limits, or the version, are others since it was looked at.
    if (Array.isArray(wish)) return { kind: "problems", draftId, problems: wish };
    if (digestId === null) return saved(await saveNew({ id: draftId, wish, place, person }, digests));
    const digest = await find(digestId, { eventId: "", person, thread: place });
    return digest === null ? words(notHere(digestId)) : saved(await saveEdit(digest, { wish, person }, digests));
  }

  async function act(action: DigestAction, source: ActionSource): Promise<DigestReply> {
    switch (action.type) {
      case "list":
        return { kind: "list", digests: await linesOf(await desk.listOf(source.thread), digests) };
      case "fill-in":
        return fillIn(action.digestId, source);
      case "fill-in-again":
        return fillInAgain(action.draftId, source);
      case "propose":
        return propose(action.digestId, action.form, source);
      case "save":
        return save(action.draftId, source);
      default: {
        const { type: kind, digestId: id } = action;
        const digest = await find(id, source);
        if (digest === null) return words(notHere(id));
        return words(
          await manageDigests(
            { kind, id },
            { place: digest.place, person: source.person, event: source.eventId },
            digests,
          ),
        );
      }
    }
  }

  return async (action, source) => {
    const { thread, person: asker } = source;
    // On one's own page there is no channel to be allowed yet; what is managed there was allowed when it was made.
    const channels = thread.channelId === "" ? [] : allowed.channels;
    if (!isAllowed({ ...allowed, channels }, { thread, asker })) return words("You may not use this here.");
    const isLook = action.type === "list" || action.type === "history";
    // What is told in a channel is looked at when it is told, too.
    const kind = thread.channelId === "" ? "direct" : await platform.placeKind(thread);
    const who = { asker, thread, kind } as const;
    const refusal = isLook ? null : await digestRefusal(await settings.of(who), who, isAdmin);
    return refusal === null ? act(action, source) : words(refusal);
  };
}

const TOO_OLD = "This form was filled in too long ago, or by somebody else: nothing was saved. Fill it in again.";

function words(text: string): DigestReply {
  return { kind: "words", text };
}

function saved(text: string): DigestReply {
  return { kind: "saved", text };
}

function isSameWorkspace(one: ThreadRef, other: ThreadRef): boolean {
  return one.platform === other.platform && one.workspaceId === other.workspaceId;
}

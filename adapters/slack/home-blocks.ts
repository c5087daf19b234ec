import type { types } from "@slack/bolt";
import type { HomeView, QuestionLine } from "../../src/chat-ports.ts";
import { button, context, isHttp, plain, richText, section, textElement } from "./block-parts.ts";
import { digestBlocks } from "./digest-list.ts";
import { SETTINGS_ACTION } from "./settings-form.ts";
import { clip, literal } from "./slack-text.ts";

/** The app's Home tab, for one person. */
export function homeContents({ usage, questions, digests, settings }: HomeView): types.HomeView {
  return {
    type: "home",
    blocks: [
      header("What you used"),
      ...lines(usage, "Nothing yet."),
      { type: "divider" },
      header("Your latest questions"),
      ...(questions.length === 0
        ? lines([], "None yet. Ask in a channel: /research, or mention me.")
        : questions.slice(0, MOST_LINES).map(questionBlock)),
      { type: "divider" },
      header("Your digests"),
      ...digestBlocks(digests, "None yet."),
      { type: "divider" },
      header("What is set"),
      ...settings.slice(0, MOST_SETTINGS).map(settingBlock),
      { type: "actions", elements: [button({ action: SETTINGS_ACTION, label: "Change settings", value: "home" })] },
      context(["Only you see this page."]),
    ],
  };
}

function header(text: string): types.HeaderBlock {
  return { type: "header", text: plain(text) };
}

/** The question leads to its answer. */
function questionBlock({ question, url, state, at }: QuestionLine): types.RichTextBlock {
  const text = clip(literal(question), MAX_LINE);
  const named = url !== null && isHttp(url) ? { type: "link" as const, url, text } : textElement(text);
  return richText([named, textElement(` · ${clip(`${state} · ${at}`, MAX_LINE)}`)]);
}

/** Channels stand there by their ids, and are shown by their names to whoever may see them. */
function settingBlock(line: string): types.RichTextBlock {
  const parts = line.slice(0, MAX_SETTING).split(/<#([A-Z\d]+)>/);
  const elements = parts.map((part, index) =>
    index % 2 === 1 ? { type: "channel" as const, channel_id: part } : textElement(literal(part)),
  );
  return richText(elements.filter((element) => element.type === "channel" || element.text !== ""));
}

function lines(texts: readonly string[], none: string): types.SectionBlock[] {
  const shown = texts.length === 0 ? [none] : texts.slice(0, MOST_LINES);
  return shown.map((text) => section(clip(literal(text), MAX_LINE)));
}

// A view takes 100 blocks, of which digests take up to 50. https://docs.slack.dev/surfaces/app-home (read 2026-11-22)
const MOST_LINES = 14;
const MAX_LINE = 400;
const MOST_SETTINGS = 20;
const MAX_SETTING = 1_000;

import {
  type APIComponentInLabel,
  type APILabelComponent,
  type APIModalInteractionResponseCallbackData,
  type APIModalSubmitInteraction,
  type APISelectMenuOption,
  ComponentType,
  TextInputStyle,
} from "discord.js";
import { namesZone } from "../../src/chat/digest-command.ts";
import { readDigestKind } from "../../src/chat/digest-form.ts";
import type { DigestForm } from "../../src/chat-ports.ts";
import { formatCustomId } from "./custom-id.ts";
import { plainLine } from "./discord-text.ts";
import { LIMITS } from "./limits.ts";

/** Discord takes five fields: the zone stands among the words of the time, and the ticks are one field. */
export function digestForm(form: DigestForm, digestId: string | null): APIModalInteractionResponseCallbackData {
  const ticked = TICKS.filter(({ value }) => isTicked(form, value)).map(({ value }) => value);
  const hasZone = form.timeZone === "" || namesZone(form.timetable);
  const when = hasZone ? form.timetable : `${form.timetable} in ${form.timeZone}`;
  const caps = form.runCap === "" && form.monthCap === "" ? "" : `${form.runCap} / ${form.monthCap}`;
  return {
    custom_id: formatCustomId({ action: "digest-form", subject: digestId ?? NEW }),
    title: digestId === null ? "New digest" : "Change digest",
    components: [
      label("What is told", select("kind", KINDS, [form.kind], 1)),
      label("Topic", text("topic", form.topic, { isLong: true, isRequired: false }), TOPIC_HINT),
      label("When", text("timetable", when, { isRequired: true }), TIME_HINT),
      label("How", select("ticks", TICKS, ticked, TICKS.length)),
      label("US dollars at most", text("caps", caps, { isRequired: false }), CAPS_HINT),
    ],
  };
}

/** The digest that the form is about; null for a new one. */
export function digestIdOf(subject: string): string | null {
  return subject === NEW ? null : subject;
}

export function readDigestFields({ data }: APIModalSubmitInteraction): DigestForm {
  const given = new Map<string, string | string[]>();
  for (const part of data.components) {
    if (part.type !== ComponentType.Label) continue;
    const { component } = part;
    if (component.type === ComponentType.TextInput) given.set(component.custom_id, component.value);
    if (component.type === ComponentType.StringSelect) given.set(component.custom_id, component.values);
  }
  const textOf = (name: string): string => String(given.get(name) ?? "");
  const ticks = given.get("ticks") ?? [];
  const [runCap = "", monthCap = ""] = textOf("caps").split("/");
  return {
    kind: readDigestKind(textOf("kind")),
    topic: textOf("topic"),
    timetable: textOf("timetable"),
    timeZone: "",
    length: ticks.includes("brief") ? "brief" : "standard",
    whenNothingNew: ticks.includes("line") ? "line" : "silent",
    researchesOpenQuestions: ticks.includes("questions"),
    runCap: runCap.trim(),
    monthCap: monthCap.trim(),
  };
}

const NEW = "new";
const KINDS = [
  { value: "topic", label: "News about a topic" },
  { value: "talk", label: "What is said in this channel" },
  { value: "both", label: "Both: this channel, and news about a topic" },
];
const TICKS = [
  { value: "brief", label: "Brief: at most 3 points, not 3 to 7" },
  { value: "line", label: "A line when there is nothing new" },
  { value: "questions", label: "Look up open questions of the channel" },
];
const TOPIC_HINT = "Feeds are read as well: PostgreSQL feed https://example.org/news.rss";
const TIME_HINT = "every weekday at 9 in Europe/Berlin, Mondays 08:30, first of the month, or a cron expression";
const CAPS_HINT = "Each time / a month, such as 0.20 / 5. Empty: no limit of its own";
const MAX_SHORT_TEXT = 150;

function isTicked(form: DigestForm, tick: string): boolean {
  if (tick === "brief") return form.length === "brief";
  return tick === "line" ? form.whenNothingNew === "line" : form.researchesOpenQuestions;
}

function label(name: string, component: APIComponentInLabel, hint?: string): APILabelComponent {
  const description = hint === undefined ? {} : { description: plainLine(hint, LIMITS.labelDescription) };
  return { type: ComponentType.Label, label: name, ...description, component };
}

function select(
  id: string,
  options: readonly APISelectMenuOption[],
  chosen: readonly string[],
  most: number,
): APIComponentInLabel {
  const isOne = most === 1;
  return {
    ...{ type: ComponentType.StringSelect, custom_id: id, required: isOne },
    ...{ min_values: isOne ? 1 : 0, max_values: most },
    options: options.map((option) => ({ ...option, default: chosen.includes(option.value) })),
  };
}

function text(
  id: string,
  value: string,
  { isLong = false, isRequired }: { isLong?: boolean; isRequired: boolean },
): APIComponentInLabel {
  const most = isLong ? LIMITS.inputText : MAX_SHORT_TEXT;
  return {
    ...{ type: ComponentType.TextInput, custom_id: id, required: isRequired, max_length: most },
    style: isLong ? TextInputStyle.Paragraph : TextInputStyle.Short,
    ...(value === "" ? {} : { value: value.slice(0, most).toWellFormed() }),
  };
}

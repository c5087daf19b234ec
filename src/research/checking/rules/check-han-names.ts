import type { Evidence } from "../evidence/evidence.ts";
import type { Finding } from "../evidence/finding.ts";
import type { Reading } from "../reading/reading.ts";

/**
 * "华山公司" where the page has "华川公司": Chinese marks no names, but a sentence that runs along the page's but for a
 * character or three beside a title or the kind of place or body names another.
 */
export function checkHanNames(statement: Reading, { places }: Evidence): Finding[] {
  if (!/\p{Script=Han}{4}/u.test(statement.text)) return [];
  for (const { isCore, unit, reading } of places) {
    if (!isCore || unit.kind === "row") continue;
    const replaced = replacedIn(statement.text, reading.text);
    if (replaced !== null)
      return [{ weight: 1, reason: `Where the statement has "${replaced.own}", the page has "${replaced.other}"` }];
  }
  return [];
}

const MAX_NAME_CHARS = 3;
const ANCHOR_CHARS = 2;

/** What stands between the same characters on both sides, of the same length, where a name is due. */
function replacedIn(text: string, page: string): { own: string; other: string } | null {
  for (let start = ANCHOR_CHARS; start < text.length - ANCHOR_CHARS; start += 1)
    for (let length = 1; length <= MAX_NAME_CHARS; length += 1) {
      const end = start + length;
      const [before, own, after] = [text.slice(start - ANCHOR_CHARS, start), text.slice(start, end), text.slice(end)];
      const tail = after.slice(0, ANCHOR_CHARS);
      if (!HAN.test(before + own + tail) || tail.length < ANCHOR_CHARS || !isNameDue(text.slice(0, start), after))
        continue;
      if (page.includes(own)) continue;
      const at = page.indexOf(before);
      const other = at === -1 ? "" : page.slice(at + ANCHOR_CHARS, at + ANCHOR_CHARS + length);
      const isSlot = page.startsWith(tail, at + ANCHOR_CHARS + length);
      if (at !== -1 && isSlot && HAN.test(other) && other !== own) return { own, other };
    }
  return null;
}

const HAN = /^\p{Script=Han}+$/u;

function isNameDue(before: string, after: string): boolean {
  return TITLE.test(before) || KIND.test(after);
}

const TITLE =
  /(?:由|工程师|建筑师|设计师|律师|市长|省长|院长|校长|部长|会长|董事长|教授|博士|总统|总理|主席|首相|经理|主任|作者|作家|导演|教练|发言人|负责人)\p{Script=Han}{0,2}$/u;

const KIND = /^\p{Script=Han}?(?:公司|集团|大学|学院|医院|银行|市|县|省|镇|村|州|河|江|山|湖|岛|大桥|先生|女士|教授)/u;

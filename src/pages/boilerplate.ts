import type { Block } from "./text-flow.ts";

/**
 * Takes off what Readability leaves around and between the paragraphs of an article: paths of navigation at the top,
 * calls to share and subscribe, credits of pictures, captions said twice, lists of other articles under their usual
 * headings, headings with nothing below them at the end. Whatever else there is stays, with its links.
 */
export function dropBoilerplate(blocks: Block[]): Block[] {
  const kept: Block[] = [];
  const keptTexts: string[] = [];
  let isAmongOtherArticles = false;
  for (const block of blocks.slice(pathLength(blocks))) {
    const text = textOf(block);
    const isHeading = text.startsWith("#");
    isAmongOtherArticles =
      OTHER_ARTICLES.test(text) || (isAmongOtherArticles && (isHeading || linkShare(block) > MOSTLY_LINK));
    const isJunk = !isHeading && !block.isItem && text.length <= MAX_JUNK_CHARS && JUNK.test(text);
    const isRepeated = text.length >= MIN_REPEATED_CHARS && keptTexts.slice(-REPEAT_REACH).includes(text);
    if (isAmongOtherArticles || isJunk || isRepeated) continue;
    kept.push(block);
    keptTexts.push(text);
  }
  while (keptTexts[kept.length - 1]?.startsWith("#")) kept.pop();
  return kept;
}

/** How many blocks at the top are a path such as "Home / News / Science". */
function pathLength(blocks: Block[]): number {
  const end = blocks.findIndex(
    (block) => !block.isItem || linkShare(block) < ONLY_LINK || textOf(block).length > MAX_PATH_CHARS,
  );
  return end <= MAX_PATH_ITEMS ? Math.max(end, 0) : 0;
}

/** Share of the letters that stand in links, 0 to 1; the sign of a list does not count. */
function linkShare(block: Block): number {
  let linked = 0;
  let all = 0;
  for (const { text, url } of block.pieces) {
    const letters = LIST_SIGN.test(text) ? 0 : (text.match(/[\p{L}\p{N}]/gu)?.length ?? 0);
    all += letters;
    if (url !== null) linked += letters;
  }
  return all === 0 ? 0 : linked / all;
}

function textOf(block: Block): string {
  return block.pieces.map(({ text }) => text).join("");
}

const LIST_SIGN = /^(?:\d+\. |- )$/;
const ONLY_LINK = 0.9;
const MOSTLY_LINK = 0.6;
const MAX_PATH_ITEMS = 6;
const MAX_PATH_CHARS = 60;
const MAX_JUNK_CHARS = 200;
// A caption stands again at once, under the enlarged picture; a recipe or a refrain may well return later.
const REPEAT_REACH = 2;
const MIN_REPEATED_CHARS = 80;

/** Headings over lists of other articles, in the languages of the pages that were looked at. */
const OTHER_ARTICLES = oneOf([
  "you (?:may|might) also (?:like|enjoy|be interested in)|recommended (?:for you|stories|articles)|sponsored (?:content|stories)",
  "related (?:articles|stories|posts|news|coverage)|more stories|more from .{1,40}|around the web|from our partners",
  "most (?:read|popular|viewed)|popular (?:posts|articles)|trending(?: now| stories)?|read (?:next|also)",
  "das könnte (?:sie|dich) auch interessieren|mehr zum thema|à lire aussi|articles liés|sur le même sujet",
  "te puede interesar|artículos relacionados|noticias relacionadas|leia também|veja também|читайте также|相关(?:文章|阅读|新闻)|関連記事",
]);

/** Paragraphs that are parts of the page's machinery, in full. */
const JUNK = oneOf([
  "(?:advert|advertisement|sponsored|publicidad|publicité|anzeige|werbung|реклама)s?|loading(?: content)?\\W*",
  "continue reading(?: below)?|(?:article|story) continues below.{0,40}|image \\d+ of /? ?\\d+|(?:show |hide |toggle )?caption|close",
  "share(?: this)?(?: (?:story|article|post|page))?|share (?:on|via) (?:facebook|twitter|x|linkedin|email|whatsapp).{0,40}",
  "(?:facebook|twitter|linkedin|pinterest|whatsapp|e-?mail|print|tweet|reddit|flipboard|telegram|copy link|pint|baixar|[|·•,/ ])+",
  "like this (?:story|article)\\?.{0,60}|follow (?:us|me) on (?:twitter|facebook|instagram|linkedin).{0,60}",
  "(?:sign up|subscribe) (?:for|to) (?:our|the) .{0,60}newsletters?.{0,60}|subscribe(?: now)?|click here to subscribe.{0,60}",
  "(?:this (?:web)?site|we) uses? cookies.{0,150}|this slideshow requires javascript",
  "[([]?(?:image|photo|picture)s?(?: ?(?:credit|courtesy|by|source))?s?: .{0,100}|(?:©|\\(c\\)) .{0,100}|getty images?",
  "(?:ap|afp|reuters) photo.{0,60}|file photo|copyright\\b.{0,150}|all rights reserved.{0,60}|tags?",
  "(?:\\d+ )?comments?|(?:leave|post|add) a (?:comment|reply)",
]);

function oneOf(phrases: string[]): RegExp {
  return new RegExp(`^[#\\s]*(?:${phrases.join("|")})[\\s.…:)\\]]*$`, "iu");
}

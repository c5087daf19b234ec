import { stat } from "node:fs/promises";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { asRuminateError, RuminateError } from "../errors.ts";
import type { OpenPage } from "../ports.ts";

export interface FileChanges {
  /** The opener, which remembers how each local file stood when it was opened. */
  openPage: OpenPage;
  /** CORPUS_CHANGED when files were gone before they could be opened, or when those of `urls` are not as they were read. */
  trouble(urls: readonly string[]): Promise<RuminateError | null>;
}

/** Watches over what is opened in one run: people write in their documents while these are read. */
export function noteFileChanges(openPage: OpenPage): FileChanges {
  const stamps = new Map<string, string | null>();
  const missed = new Set<string>();
  return {
    async openPage(url, options) {
      if (!url.startsWith("file:")) return openPage(url, options);
      // Asked before: what changes while it is read has changed.
      const stamp = await stampOf(url);
      const page = await openPage(url, options).catch((error: unknown) => {
        if (asRuminateError(error).code === "PAGE_NOT_FOUND") missed.add(url);
        throw error;
      });
      stamps.set(page.url, stamp);
      return page;
    },
    async trouble(urls) {
      const isOther = async (url: string) => stamps.has(url) && (await stampOf(url)) !== stamps.get(url);
      const others = await Promise.all(urls.map(isOther));
      const sentences = [
        sentence(Array.from(missed), "gone before the answer could use it. Ask again when it is back."),
        sentence(
          urls.filter((_, index) => others[index]),
          "changed or removed after it was read, and what is cited is the earlier text. Ask again.",
        ),
      ].flatMap((words) => words ?? []);
      return sentences.length === 0 ? null : new RuminateError("CORPUS_CHANGED", sentences.join(" "));
    },
  };
}

function sentence(urls: readonly string[], what: string): string | null {
  const [first] = urls;
  if (first === undefined) return null;
  const more = urls.length === 1 ? "" : ` (and ${urls.length - 1} more)`;
  return `The file ${basename(fileURLToPath(first))}${more} was ${what}`;
}

/** Changes whenever the file is written or replaced; null where none can be seen. */
async function stampOf(url: string): Promise<string | null> {
  try {
    const { ino, size, mtimeNs, ctimeNs } = await stat(fileURLToPath(url), { bigint: true });
    return [ino, size, mtimeNs, ctimeNs].join(":");
  } catch {
    // Why it cannot be seen is said by the opener.
    return null;
  }
}

/** One address, one spelling. Part of the floor: imports nothing. */

/**
 * The address without what does not change the page: fragment, tracking parameters, default port, trailing slash,
 * "www.", letter case of the host. Two addresses with one canonical form are one source. Text that is no absolute
 * address comes back as it is.
 */
export function canonicalUrl(address: string): string {
  if (!URL.canParse(address)) return address;
  const url = new URL(address);
  url.hash = "";
  for (const name of Array.from(url.searchParams.keys())) if (TRACKING.test(name)) url.searchParams.delete(name);
  url.searchParams.sort();
  url.hostname = url.hostname.replace(/^www\.(?=[^.]+\.)/, "");
  url.pathname = url.pathname.replace(/(?<=.)\/+$/, "");
  return url.href;
}

/** Where a page comes from, in a word or two for people: the host name, or the folder of a local file. */
export function placeOf(address: string): string {
  if (!URL.canParse(address)) return "";
  const url = new URL(address);
  if (url.protocol !== "file:") return url.hostname.replace(/^www\./, "");
  const folders = decodeURIComponent(url.pathname).split("/").slice(1, -1);
  return folders.at(-2)?.startsWith("@") ? folders.slice(-2).join("/") : (folders.at(-1) ?? "");
}

// Names that advertising and mail tools append; none of them selects content.
const TRACKING = /^(?:utm_\w+|gclid|fbclid|msclkid|dclid|yclid|mc_[ce]id|igshid|ref_src|_hs(?:enc|mi))$/i;

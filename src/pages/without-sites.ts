import { isHostAllowed } from "../domain-rules.ts";
import type { OpenPage } from "../ports.ts";
import { forbidden } from "./page-address.ts";

/** Opens no page of these sites, nor one that leads to them. */
export function withoutSites(openPage: OpenPage, blocked: readonly string[]): OpenPage {
  const check = (url: string): void => {
    const host = URL.canParse(url) ? new URL(url).hostname : "";
    if (!isHostAllowed(host, { allowed: [], blocked })) throw forbidden(`Pages of ${host} may not be opened here.`);
  };
  return async (url, options) => {
    check(url);
    const page = await openPage(url, options);
    check(page.url);
    return page;
  };
}

import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { slackManifest, toYaml } from "../adapters/slack/app-manifest.ts";
import { previews } from "../adapters/slack/preview.ts";

/** Writes what Slack shows, view by view, as JSON for Block Kit Builder, and the app's manifests. */
export async function slackPreview([folder = "slack-preview"]: string[]): Promise<number> {
  await mkdir(folder, { recursive: true });
  for (const [name, payload] of Object.entries(previews()))
    await writeFile(join(folder, `${name}.json`), `${JSON.stringify(payload, null, 2)}\n`);
  await writeFile(join(folder, "manifest.yaml"), `${toYaml(slackManifest(null))}\n`);
  await writeFile(join(folder, "manifest.http.yaml"), `${toYaml(slackManifest("https://ruminate.example"))}\n`);
  process.stdout.write(`Written to ${folder}. Paste a file into https://app.slack.com/block-kit-builder\n`);
  return 0;
}

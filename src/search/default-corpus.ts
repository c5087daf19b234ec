import { readFileSync } from "node:fs";
import { basename, extname, join } from "node:path";
import { isDocumentName, readFolder, resolveInside, type SkippedFile, walkFolder } from "./walk-folder.ts";

export interface PackageFile {
  path: string;
  packageName: string;
  version: string;
  /** As the package describes itself; may be empty. */
  description: string;
  kind: "readme" | "translation" | "guide" | "changelog";
  /** Is another version of the package installed nearer to the top? */
  isSecondVersion: boolean;
}

/**
 * The documentation in a `node_modules` folder: of each package README, change log, other Markdown at its top and
 * everything under `docs`, but no licences and rules for contributors. Packages inside packages count too, each version
 * once.
 */
export function* listPackageFiles(root: string): Generator<PackageFile | { skipped: SkippedFile }> {
  const versions = new Set<string>();
  const names = new Set<string>();
  const folders = [root];
  // The list grows while it is walked through: packages near the top come before those inside them.
  for (const folder of folders) {
    for (const found of listPackages(folder, root)) {
      if ("skipped" in found) {
        yield found;
        continue;
      }
      folders.push(join(found.path, "node_modules"));
      const { name, version, description } = readPackage(found.path, root);
      if (versions.has(`${name}@${version}`)) continue;
      for (const { path, kind } of documentsOf(found.path)) {
        yield { path, packageName: name, version, description, kind, isSecondVersion: names.has(name) };
      }
      versions.add(`${name}@${version}`);
      names.add(name);
    }
  }
}

/**
 * How a file of a package is called and ranked. Titles begin with the package's name, because many a README calls itself
 * "Usage" or bears a logo; without a telling heading the package's own description stands there.
 */
export function describePackageFile(file: PackageFile, heading: string | null) {
  const name = file.isSecondVersion ? `${file.packageName} ${file.version}` : file.packageName;
  const prior = PRIORS[file.kind] * (file.isSecondVersion ? SECOND_VERSION_PRIOR : 1);
  const isReadme = file.kind === "readme" && !file.isSecondVersion;
  const title = [name, subtitleOf(file, heading)].filter((part) => part !== "").join(": ");
  return { title, otherNames: isReadme ? [file.packageName] : [], prior };
}

function* listPackages(folder: string, root: string): Generator<{ path: string } | { skipped: SkippedFile }> {
  for (const entry of readFolder(folder) ?? []) {
    const path = join(folder, entry.name);
    if (entry.name.startsWith(".")) continue;
    if (entry.isSymbolicLink()) yield resolveInside(root, path);
    else if (entry.isDirectory() && entry.name.startsWith("@")) yield* listPackages(path, root);
    else if (entry.isDirectory()) yield { path };
  }
}

function* documentsOf(folder: string): Generator<Pick<PackageFile, "path" | "kind">> {
  for (const entry of readFolder(folder) ?? []) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && DOCUMENT_FOLDER.test(entry.name)) yield* guidesIn(path);
    const kind = entry.isFile() ? kindOf(entry.name) : null;
    if (kind !== null) yield { path, kind };
  }
}

function* guidesIn(folder: string): Generator<Pick<PackageFile, "path" | "kind">> {
  for (const found of walkFolder(folder)) {
    if ("path" in found && !BOILERPLATE.test(basename(found.path))) yield { path: found.path, kind: "guide" };
  }
}

/** Of a file at the top of a package; null if it is no documentation. */
function kindOf(fileName: string): PackageFile["kind"] | null {
  if (!isDocumentName(fileName) || BOILERPLATE.test(fileName)) return null;
  if (/^readme[.-][a-z]{2}(?:[-_]\w{2,4})?\.\w+$/i.test(fileName)) return "translation";
  if (/^readme\b/i.test(fileName)) return "readme";
  if (/^(?:change(?:s|log)|history|news|releases?)\b/i.test(fileName)) return "changelog";
  return /\.(?:md|markdown)$/i.test(fileName) ? "guide" : null;
}

function subtitleOf(file: PackageFile, heading: string | null): string {
  const { packageName, kind, path } = file;
  if (kind === "changelog") return "change log";
  const ownNames = [packageName, packageName.replace(/^@[^/]+\//, "")];
  const isTelling = heading !== null && !GENERIC.test(heading) && !ownNames.includes(heading.toLowerCase());
  const fileName = basename(path, extname(path));
  const subtitle = isTelling ? heading : kind === "guide" ? fileName.replace(/[-_]+/g, " ") : file.description;
  const language = kind === "translation" ? ` (${fileName.replace(/^readme[.-]/i, "")})` : "";
  return `${withoutName(subtitle, packageName)}${language}`;
}

/** "qs – a parser" under the name "qs" is "a parser". */
function withoutName(subtitle: string, name: string): string {
  const rest = subtitle.slice(name.length).replace(/^\s*[:–—-]\s+/, "");
  return subtitle.toLowerCase().startsWith(`${name.toLowerCase()}`) && rest !== subtitle.slice(name.length)
    ? rest
    : subtitle;
}

/** What `package.json` says; the folder's name where it says nothing. */
function readPackage(folder: string, root: string): { name: string; version: string; description: string } {
  const manifest = readManifest(join(folder, "package.json"));
  const text = (key: string) => (typeof manifest[key] === "string" ? manifest[key] : "");
  const fallback = folder
    .slice(root.length + 1)
    .replace(/^.*node_modules[/\\]/, "")
    .replaceAll("\\", "/");
  return { name: text("name") || fallback, version: text("version"), description: text("description") };
}

function readManifest(path: string): Record<string, unknown> {
  try {
    const manifest: unknown = JSON.parse(readFileSync(path, "utf8"));
    return typeof manifest === "object" && manifest !== null ? { ...manifest } : {};
  } catch {
    // A folder without a sound package.json may still hold documents.
    return {};
  }
}

// A change log mentions everything that ever was and explains little, a translation repeats the original, and of two
// versions the one that the project itself uses is meant: of equally good passages these come later.
const PRIORS: Record<PackageFile["kind"], number> = { readme: 1, guide: 1, changelog: 0.8, translation: 0.7 };
const SECOND_VERSION_PRIOR = 0.9;
const DOCUMENT_FOLDER = /^(?:docs?|documentation)$/i;
const BOILERPLATE =
  /^(?:licen[cs]e|copying|notice|copyright|third.?party|security|contribut|code.of.conduct|governance|authors|maintainers|pull_request|issue_template|funding)/i;
const GENERIC =
  /^(?:readme|about|overview|introduction|features?|install(?:ation|ing)?|usage|use|examples?|documentation|docs|api|getting started|quick ?start|(?:table of )?contents|toc|license|change ?log)\W*$/i;

import type { Attributes } from "./markup-events.ts";
import type { Style } from "./style-rules.ts";

/** What text inherits from the elements around it. `null` = cannot be told from the page alone. */
export interface TextLook {
  isInvisible: boolean;
  isTransparent: boolean;
  isTiny: boolean;
  /** Red, green, blue; null for a colour that only an outer style sheet knows. */
  color: Color | null;
  background: Color | null;
}

export interface BelievedStyles {
  style: Style | null;
  paint: Style | null;
  size: Style | null;
}

export type Color = readonly [red: number, green: number, blue: number];

export function isReadable(look: TextLook): boolean {
  if (look.isInvisible || look.isTransparent || look.isTiny) return false;
  return look.color === null || look.background === null || contrast(look.color, look.background) > MIN_CONTRAST;
}

/** Does the element vanish from the screen with everything in it? */
export function isRemoved(style: Style): boolean {
  if (style.get("display") === "none" || numberOf(style.get("opacity")) === 0) return true;
  return isClipped(style) || isOffScreen(style) || isCollapsed(style);
}

/**
 * The look of text inside an element, from the look outside and what is said about the element.
 *
 * @param paint what can be believed about colours, `size` about the size of letters
 */
export function lookInside(outer: TextLook, attributes: Attributes, { style, paint, size }: BelievedStyles): TextLook {
  const look = { ...outer };
  if (attributes.bgcolor !== undefined) look.background = colorOf(attributes.bgcolor);
  if (attributes.color !== undefined) look.color = colorOf(attributes.color);
  if (style === null) return look;
  const visibility = style.get("visibility");
  if (visibility !== undefined) look.isInvisible = visibility === "hidden" || visibility === "collapse";
  const fontSize = size?.get("font-size");
  if (fontSize !== undefined) look.isTiny = isTinySize(fontSize, outer.isTiny);
  if (paint !== null) setColors(look, paint);
  return look;
}

function setColors(look: TextLook, style: Style): void {
  const background = style.get("background-color") ?? style.get("background");
  if (background !== undefined && !/^(?:none|transparent|inherit|initial|unset)\b/.test(background)) {
    look.background = /url\(|gradient/.test(background) ? null : colorIn(background);
  }
  if (style.has("background-image") && style.get("background-image") !== "none") look.background = null;
  const color = style.get("color");
  if (color === undefined || color === "inherit") return;
  look.color = colorOf(color);
  const fillsWithBackground = /text/.test(style.get("background-clip") ?? style.get("-webkit-background-clip") ?? "");
  look.isTransparent = isTransparent(color) && !fillsWithBackground;
}

/** The first colour that a shorthand names. */
function colorIn(background: string): Color | null {
  const words = background.slice(0, 200).match(/#[0-9a-f]+|rgba?\([^()]*\)|[a-z]+/g) ?? [];
  return words.map(colorOf).find((color) => color !== null) ?? null;
}

function isClipped(style: Style): boolean {
  const clip = style.get("clip") ?? "";
  const clipPath = style.get("clip-path") ?? "";
  return (
    /^rect\((?:[01](?:px)?[\s,]*){4}\)$/.test(clip) || /inset\((?:50|100)%|circle\(0|polygon\(0 0\s*\)/.test(clipPath)
  );
}

function isOffScreen(style: Style): boolean {
  if ((numberOf(style.get("text-indent")) ?? 0) <= -OFF_SCREEN) return true;
  const transform = style.get("transform") ?? "";
  if (/scale[xy]?\(0(?:\.0+)?\s*[,)]|translate[xy3d]*\([^)]*-\d{4,}(?:px)?/.test(transform)) return true;
  const edges = ["left", "top", "right", "bottom", "margin-left", "margin-top"];
  return edges.some((edge) => {
    const offset = numberOf(style.get(edge)) ?? 0;
    return offset <= -OFF_SCREEN || (edge === "left" && offset >= OFF_SCREEN * 3);
  });
}

function isCollapsed(style: Style): boolean {
  if (!/hidden|clip/.test(style.get("overflow") ?? style.get("overflow-y") ?? "")) return false;
  return ["height", "width", "max-height", "max-width"].some((property) => {
    const size = style.get(property);
    return size !== undefined && /^[01](?:\.0+)?(?:px|em|rem|%)?$/.test(size) && size !== "1%";
  });
}

function isTinySize(fontSize: string, isTinyOutside: boolean): boolean {
  const size = numberOf(fontSize);
  if (size === null) return isTinyOutside && fontSize === "inherit";
  if (/px$|^\d+$/.test(fontSize)) return size < 2;
  if (/pt$/.test(fontSize)) return size < 1.5;
  if (/rem$|vw$|vh$/.test(fontSize)) return size < 0.1;
  if (/%$/.test(fontSize)) return isTinyOutside || size < 10;
  return isTinyOutside || size < 0.1;
}

function contrast(a: Color, b: Color): number {
  return Math.max(Math.abs(a[0] - b[0]), Math.abs(a[1] - b[1]), Math.abs(a[2] - b[2]));
}

function isTransparent(color: string): boolean {
  return color === "transparent" || /^(?:rgba|hsla)\([^)]*[,/]\s*0(?:\.0+)?%?\s*\)$/.test(color);
}

function colorOf(text: string): Color | null {
  const color = text.trim().toLowerCase();
  const hex = /^#?([0-9a-f]{3,8})$/.exec(color)?.[1];
  if (hex !== undefined && (hex.length === 3 || hex.length === 4)) {
    return [0, 1, 2].map((index) => Number.parseInt(hex.charAt(index).repeat(2), 16)) as unknown as Color;
  }
  if (hex !== undefined && (hex.length === 6 || hex.length === 8)) {
    return [0, 2, 4].map((index) => Number.parseInt(hex.slice(index, index + 2), 16)) as unknown as Color;
  }
  const parts = /^rgba?\(\s*([\d.]+)[\s,]+([\d.]+)[\s,]+([\d.]+)/.exec(color);
  if (parts !== null) return [Number(parts[1]), Number(parts[2]), Number(parts[3])];
  return NAMED_COLORS.get(color) ?? null;
}

function numberOf(value: string | undefined): number | null {
  const number = Number.parseFloat(value ?? "");
  return Number.isNaN(number) ? null : number;
}

// Below this, the strongest of the three channels differs by less than a tenth: #e8e8e8 on white is not read by people.
const MIN_CONTRAST = 24;
// Pixels (or more, in em) to the left of or above the page, where nobody scrolls; real layouts use -20 to -300.
const OFF_SCREEN = 900;

/** The names that pages use for text and backgrounds; a name that is missing here is treated as unknown. */
const NAMED_COLORS: ReadonlyMap<string, Color> = new Map([
  ["white", [255, 255, 255]],
  ["snow", [255, 250, 250]],
  ["ivory", [255, 255, 240]],
  ["whitesmoke", [245, 245, 245]],
  ["black", [0, 0, 0]],
  ["gray", [128, 128, 128]],
  ["grey", [128, 128, 128]],
  ["silver", [192, 192, 192]],
  ["red", [255, 0, 0]],
  ["green", [0, 128, 0]],
  ["lime", [0, 255, 0]],
  ["blue", [0, 0, 255]],
  ["navy", [0, 0, 128]],
  ["yellow", [255, 255, 0]],
  ["orange", [255, 165, 0]],
]);

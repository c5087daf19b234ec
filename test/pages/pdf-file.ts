/** Text that is drawn at a place on a page of 612 × 792 points; `y` grows upwards. */
export interface DrawnText {
  text: string;
  x: number;
  y: number;
  size?: number;
  font?: "Helvetica" | "Courier";
}

/** Writes a small PDF by hand: one content stream for each page, two of the standard fonts. */
export function pdfFile(pages: DrawnText[][], info: Record<string, string> = {}): Uint8Array {
  const fonts =
    "<< /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >> /F2 << /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >> >>";
  const firstPage = 4;
  const pageNumbers = pages.map((_, index) => firstPage + index * 2);
  const objects = [
    "<< /Type /Catalog /Pages 2 0 R >>",
    `<< /Type /Pages /Kids [${pageNumbers.map((number) => `${number} 0 R`).join(" ")}] /Count ${pages.length} >>`,
    `<< ${Object.entries(info)
      .map(([name, value]) => `/${name} (${escaped(value)})`)
      .join(" ")} >>`,
    ...pages.flatMap((texts, index) => {
      const content = texts.map(drawing).join("\n");
      return [
        `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font ${fonts} >> /Contents ${firstPage + index * 2 + 1} 0 R >>`,
        `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
      ];
    }),
  ];
  return assemble(objects);
}

/** Lines one below the other, as a column has them. */
export function column(
  lines: string[],
  { x, y, pitch = 12, size = 10 }: { x: number; y: number; pitch?: number; size?: number },
): DrawnText[] {
  return lines.map((text, index) => ({ text, x, y: y - index * pitch, size }));
}

function drawing({ text, x, y, size = 10, font = "Helvetica" }: DrawnText): string {
  return `BT /${font === "Courier" ? "F2" : "F1"} ${size} Tf 1 0 0 1 ${x} ${y} Tm (${escaped(text)}) Tj ET`;
}

function escaped(text: string): string {
  return text.replace(/[\\()]/g, (character) => `\\${character}`);
}

/** Header, objects, cross-reference table, trailer: https://opensource.adobe.com/dc-acrobat-sdk-docs/pdfstandards/PDF32000_2008.pdf, 7.5 */
function assemble(objects: string[]): Uint8Array {
  let file = "%PDF-1.4\n";
  const offsets = objects.map((object, index) => {
    const offset = file.length;
    file += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const table = offsets.map((offset) => `${String(offset).padStart(10, "0")} 00000 n \n`).join("");
  const trailer = `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R /Info 3 0 R >>\nstartxref\n${file.length}\n%%EOF`;
  return Buffer.from(`${file}xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}${trailer}`, "latin1");
}

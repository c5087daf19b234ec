import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Made-up stations with made-up facts: a question names one of them, and two documents hold its answer. */
export const STATIONS = ["Brackwater", "Oldhaven", "Tarnfield", "Westmoor", "Kestrel Point", "Dunmarsh"] as const;

export function writeCorpus(folder: string): void {
  mkdirSync(folder, { recursive: true });
  STATIONS.forEach((station, index) => {
    const depth = 120 + 17 * index;
    const year = 1951 + 6 * index;
    writeFileSync(
      join(folder, `${fileNameOf(station)}-station.md`),
      `# ${station} station\n\nThe ${station} measuring station stands in ${depth} metres of water. It was opened in ${year} by the coast survey.\n\nIts tower carries four instruments, and a crew of three looks after them in summer.\n`,
    );
    writeFileSync(
      join(folder, `${fileNameOf(station)}-survey.md`),
      `# Survey of ${station}\n\nAccording to the survey, the water at ${station} is ${depth} metres deep where the station stands.\n\nThe ${station} station has been in service since ${year} without a break.\n`,
    );
  });
}

export function questionAbout(index: number): string {
  const station = STATIONS[index % STATIONS.length];
  return `How deep is the water at the ${station} measuring station, and when was it opened? (request ${index})`;
}

function fileNameOf(station: string): string {
  return station.toLowerCase().replaceAll(" ", "-");
}

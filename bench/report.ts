import type { Bench } from "./bench.ts";
import type { Measurement } from "./measure.ts";

/** What came of a bench. Part of latest.json. */
export interface Result {
  readonly name: string;
  readonly what: string;
  readonly hold: Bench["hold"];
  readonly runs: number;
  readonly subjects: readonly (Measurement & { readonly name: string })[];
  /** Time of godwit divided by that of the first peer. */
  readonly ratio?: number;
  /** Whether everything in `hold` was kept to. */
  readonly held: boolean;
}

export function resultOf(
  { name, what, hold }: Bench,
  runs: number,
  subjects: readonly (Measurement & { readonly name: string })[],
): Result {
  const [own, peer] = subjects;
  if (!own) throw new Error(`"${name}" measured nothing`);
  const ratio = peer && own.medianMs / peer.medianMs;
  const held =
    (hold.ms === undefined || own.medianMs <= hold.ms) &&
    (hold.mib === undefined || (own.peakMiB ?? 0) <= hold.mib) &&
    (hold.ratio === undefined || ratio === undefined || ratio <= hold.ratio);
  return { name, what, hold, runs, subjects, ...(ratio !== undefined && { ratio }), held };
}

/** The results as a Markdown table, which terminals show well enough. */
export function tableOf(results: readonly Result[]): string {
  const head = ["job", "median ms", "best", "peak MiB", "to hold", "", "beside it (ratio)"];
  const rows = [head, head.map(() => ""), ...results.map(rowOf)];
  const widths = head.map((_, i) => Math.max(...rows.map((row) => Bun.stringWidth(row[i] ?? "")), 3));
  const line = (row: readonly string[], fill: string): string =>
    `| ${widths.map((width, i) => (row[i] ?? "") + fill.repeat(width - Bun.stringWidth(row[i] ?? ""))).join(" | ")} |`;
  return rows.map((row, i) => line(row, i === 1 ? "-" : " ")).join("\n");
}

function rowOf({ what, hold, subjects, held }: Result): readonly string[] {
  const [own, ...peers] = subjects;
  const limits = [
    hold.ms !== undefined && `${hold.ms} ms`,
    hold.mib !== undefined && `${hold.mib} MiB`,
    hold.ratio !== undefined && `${hold.ratio} ×`,
  ].filter((limit) => limit !== false);
  return [
    what,
    number(own?.medianMs),
    number(own?.minMs),
    own?.peakMiB === undefined ? "" : String(Math.round(own.peakMiB)),
    limits.join(", "),
    limits.length === 0 ? "" : held ? "held" : "MISSED",
    peers
      .map((peer) => `${peer.name} ${number(peer.medianMs)} (${((own?.medianMs ?? 0) / peer.medianMs).toFixed(2)})`)
      .join(", "),
  ];
}

const number = (ms: number | undefined): string =>
  ms === undefined ? "" : ms < 20 ? ms.toFixed(1) : String(Math.round(ms));

import type { Absent, Bench, Subject } from "./bench.ts";
import type { Measurement } from "./measure.ts";

/** What came of a subject. Part of latest.json. */
export type Measured = Measurement & Omit<Subject, "work">;

/** What came of a bench. Part of latest.json. */
export interface Result {
  readonly name: string;
  readonly what: string;
  readonly hold: Bench["hold"];
  readonly layout?: "rows";
  readonly runs: number;
  readonly subjects: readonly Measured[];
  readonly absent: readonly Absent[];
  /** Time of godwit divided by that of the first peer. */
  readonly ratio?: number;
  /** Whether everything in `hold` was kept to. */
  readonly held: boolean;
}

export function resultOf(
  { name, what, hold, layout }: Bench,
  runs: number,
  subjects: readonly Measured[],
  absent: readonly Absent[],
): Result {
  const [own, peer] = subjects;
  if (!own) throw new Error(`"${name}" measured nothing`);
  const ratio = peer && own.medianMs / peer.medianMs;
  const held =
    (hold.ms === undefined || own.medianMs <= hold.ms) &&
    (hold.mib === undefined || (own.peakMiB ?? 0) <= hold.mib) &&
    (hold.ratio === undefined || ratio === undefined || ratio <= hold.ratio);
  const shape = { ...(layout && { layout }), ...(ratio !== undefined && { ratio }) };
  return { name, what, hold, runs, subjects, absent, ...shape, held };
}

/** The results as Markdown, which terminals show well enough: one table for most, one more for each with rows of its own. */
export function reportOf(results: readonly Result[]): string {
  const common = results.filter(({ layout }) => layout !== "rows");
  const head = ["job", "median ms", "best", "peak MiB", "to hold", "", "beside it (ratio)"];
  return [
    ...(common.length > 0 ? [tableOf(head, common.map(rowOf))] : []),
    ...results.filter(({ layout }) => layout === "rows").map(contestOf),
  ].join("\n\n");
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
    mebibytes(own?.peakMiB),
    limits.join(", "),
    limits.length === 0 ? "" : held ? "held" : "MISSED",
    peers
      .map((peer) => `${peer.name} ${number(peer.medianMs)} (${((own?.medianMs ?? 0) / peer.medianMs).toFixed(2)})`)
      .join(", "),
  ];
}

/** One row per subject, fastest first; the ratio says how many times longer godwit takes. */
function contestOf({ what, runs, subjects, absent }: Result): string {
  const [own] = subjects;
  const head = ["", "version", "median ms", "best", "peak MiB", "godwit's ratio", "transactions"];
  const rows = subjects
    .toSorted((a, b) => a.medianMs - b.medianMs)
    .map(({ name, version, transactions, medianMs, minMs, peakMiB }) => [
      name,
      version ?? "",
      number(medianMs),
      number(minMs),
      mebibytes(peakMiB),
      ((own?.medianMs ?? 0) / medianMs).toFixed(2),
      transactions ?? "",
    ]);
  const missing = absent.map(({ name, version, absent: why }) => [name, version ?? "", "", "", "", "", why]);
  return `${what}, ${runs} runs:\n\n${tableOf(head, [...rows, ...missing])}`;
}

function tableOf(head: readonly string[], body: readonly (readonly string[])[]): string {
  const rows = [head, head.map(() => ""), ...body];
  const widths = head.map((_, i) => Math.max(...rows.map((row) => Bun.stringWidth(row[i] ?? "")), 3));
  const line = (row: readonly string[], fill: string): string =>
    `| ${widths.map((width, i) => (row[i] ?? "") + fill.repeat(width - Bun.stringWidth(row[i] ?? ""))).join(" | ")} |`;
  return rows.map((row, i) => line(row, i === 1 ? "-" : " ")).join("\n");
}

const number = (ms: number | undefined): string =>
  ms === undefined ? "" : ms < 20 ? ms.toFixed(1) : String(Math.round(ms));

const mebibytes = (mib: number | undefined): string => (mib === undefined ? "" : String(Math.round(mib)));

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { loadProject } from "../../src/runtime/config.ts";
import { type Database, openDatabase } from "../../src/runtime/database.ts";
import type { Project } from "../../src/runtime/project.ts";
import { adopt } from "../../src/runtime/tasks/adopt.ts";
import { convert } from "../../src/runtime/tasks/convert.ts";
import { drift } from "../../src/runtime/tasks/drift.ts";
import { generate } from "../../src/runtime/tasks/generate.ts";
import { status } from "../../src/runtime/tasks/status.ts";
import { up } from "../../src/runtime/tasks/up.ts";
import type { DumpLine } from "./postgres-dump.ts";

/** A database that another tool has made, with the files of that tool. */
export interface TakingOver {
  readonly tool: string;
  /** Where its files lie. */
  readonly theirs: string;
  /** Directory of godwit's project; made here. */
  readonly ours: string;
  readonly old: string;
  /** An empty database of the same kind. */
  readonly fresh: string;
  readonly placeholders?: Readonly<Record<string, string>>;
}

/** What came of each step, as a person would look at it. */
export interface TakenOver {
  /** What `convert` says besides, without the paths of files. */
  readonly said: readonly string[];
  readonly adopted: number;
  readonly pending: readonly string[];
  /** States of all migrations. */
  readonly states: readonly string[];
  readonly drift: readonly unknown[];
  /** Names of the kinds of what `generate` made of a further table. */
  readonly generated: readonly string[];
  readonly driftAfter: readonly unknown[];
}

/** Convert, adopt, look, change: first on the old database, then all of it on the fresh one. */
export async function takeOver({ tool, theirs, ours, old, fresh, placeholders = {} }: TakingOver): Promise<TakenOver> {
  mkdirSync(ours, { recursive: true });
  const at = (url: string): Project => loadProject({ url }, {}, ours);
  const project = at(old);
  const { findings } = await convert(project, { paths: [theirs], from: tool, as: "ts", placeholders, state: true });
  const { adopted, pending } = await adopt(project, { from: tool });
  const { tracks } = await status(project);
  const { changes } = await drift(project);
  const schema = join(ours, "schema/schema.yaml");
  const extra = "tables:\n  - name: extra\n    fields:\n      - { name: id, type: serial, primary_key: true }\n";
  writeFileSync(schema, readFileSync(schema, "utf8").replace(/^tables:\n/m, extra));
  const { operations } = await generate(project, {});
  await up(project);
  const after = await drift(project);
  await up(at(fresh));
  return {
    said: findings.map(({ what }) => what),
    adopted: adopted.length,
    pending,
    states: [...new Set(tracks.flatMap(({ migrations }) => migrations.map(({ state }) => state)))],
    drift: changes,
    generated: operations.map(({ kind }) => kind),
    driftAfter: after.changes,
  };
}

/** What `takeOver` has to say where all went well. */
export const fullyTakenOver = {
  pending: [],
  states: ["applied"],
  drift: [],
  generated: ["create_table"],
  driftAfter: [],
} as const;

/** Writes the files of a project. */
export function writeFiles(folder: string, files: readonly (readonly [path: string, text: string])[]): void {
  for (const [path, text] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

export async function withDatabase<T>(url: string, work: (database: Database) => Promise<T>): Promise<T> {
  const database = await openDatabase({ url });
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}

/** A dump in an order of its own, without the tables in which a tool keeps its books. */
export async function dumpWithout(
  url: string,
  dump: (database: Database) => Promise<readonly DumpLine[]>,
  books: readonly string[],
): Promise<readonly string[]> {
  const isBook = ({ object }: DumpLine): boolean =>
    object === "schema drizzle" ||
    books.some((book) =>
      new RegExp(`(^|[ ."])${book.replace(".", "\\.")}(_id_seq|_index_seq|_\\w*idx|_pkey|"|$)`).test(object),
    );
  const lines = await withDatabase(url, dump);
  return lines
    .filter((line) => !isBook(line))
    .map(({ object, text }) => `${object}: ${text}`)
    .toSorted();
}

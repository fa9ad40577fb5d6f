import { ToolError } from "../errors.ts";
import type { ConvertedMigration, SqlHalf } from "./define.ts";

/** One direction of a migration, in a file of its own. */
export interface PairedFile {
  readonly id: string;
  readonly name: string;
  readonly direction: "up" | "down";
  readonly half: SqlHalf;
}

/** What one migration has twice. Throws ToolError `migration` that names both files. */
export function refuseTwice<T extends { readonly id: string }>(
  items: readonly T[],
  fileOf: (item: T) => string,
  what: (item: T) => string = ({ id }) => `version ${id}`,
): void {
  const seen = new Map<string, T>();
  for (const item of items) {
    const key = what(item);
    const other = seen.get(key);
    if (other) {
      const [a, b] = [fileOf(other), fileOf(item)];
      throw new ToolError(
        "migration",
        `${a} and ${b} both are ${key}; the tool runs one of them, so remove the other`,
        {
          files: [a, b],
        },
      );
    }
    seen.set(key, item);
  }
}

/** Puts the two directions of each migration together, in the order of `compare`; one without a way up does nothing on that way. */
export function joinPairs(
  files: readonly PairedFile[],
  compare: (a: string, b: string) => number,
): readonly ConvertedMigration[] {
  refuseTwice(
    files,
    ({ half }) => half.file,
    ({ id, direction }) => `version ${id} ${direction}`,
  );
  const ids = [...new Set(files.map(({ id }) => id))].toSorted(compare);
  return ids.flatMap((id) => {
    const own = files.filter((file) => file.id === id);
    const up = own.find(({ direction }) => direction === "up");
    const down = own.find(({ direction }) => direction === "down");
    const first = up ?? down;
    if (!first) return [];
    const { file } = first.half;
    const nothing: SqlHalf = { text: "", file, line: 1, transaction: true };
    return [{ name: first.name, ids: [id], file, up: up?.half ?? nothing, ...(down && { down: down.half }) }];
  });
}

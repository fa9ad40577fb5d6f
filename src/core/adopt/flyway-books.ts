import { compareVersions } from "../convert/flyway-names.ts";
import type { Row } from "../ddl/dialect.ts";
import type { Books, Recorded } from "./define.ts";
import { isTrue, textIn } from "./row-values.ts";

/**
 * A row for each time that something was applied, taken back or declared. Its versions are those of the names of files, with dots; what is repeatable has none. Up to a
 * baseline, be it declared (`flyway baseline`) or a migration (`B5__all.sql`), nothing else runs.
 * https://documentation.red-gate.com/fd/flyway-schema-history-table-273973417.html, https://documentation.red-gate.com/fd/baseline-migrations-273973333.html
 */
export const flyway: Books = {
  tool: "flyway",
  title: "Flyway",
  tables: [
    {
      name: "flyway_schema_history",
      columns: ["installed_rank", "version", "description", "type", "script", "checksum", "success"],
      further: true,
    },
  ],
  read: (rows) => {
    const inOrder = rows.toSorted((a, b) => Number(a["installed_rank"]) - Number(b["installed_rank"]));
    const failed = inOrder.find((row) => !isTrue(row["success"]));
    if (!failed) return standing(inOrder);
    return {
      ids: [],
      unclear: `"${textIn(failed, "script")}" failed; see what of it is in the database, repair that, and run \`flyway repair\``,
    };
  },
  includes: ({ ids, baseline }, id) => {
    if (ids.some((other) => reaches(other, id))) return true;
    const version = versionOf(id);
    return version !== undefined && baseline !== undefined && compareVersions(version, baseline) <= 0;
  },
  standsFor: (id, recordedId) => {
    const [version, recorded] = [versionOf(id), versionOf(recordedId)];
    if (version === undefined || recorded === undefined) return spaced(id) === recordedId;
    return isBaseline(id) ? compareVersions(recorded, version) <= 0 : compareVersions(recorded, version) === 0;
  },
};

function standing(rows: readonly Row[]): Recorded {
  let ids: readonly string[] = [];
  let baseline: string | undefined;
  for (const row of rows) {
    const type = textIn(row, "type");
    const version = textIn(row, "version");
    const id = version === "" ? spaced(`R__${textIn(row, "description")}`) : version;
    if (type.startsWith("UNDO") || type === "DELETE") ids = ids.filter((other) => !reaches(other, id));
    else if (type.endsWith("BASELINE")) baseline = version;
    else if (type !== "SCHEMA") ids = [...ids, id];
  }
  return { ids, ...(baseline !== undefined && { baseline }) };
}

/** Whether what is recorded is that migration, or for a baseline that or a later one: Flyway runs none where there is a history already. */
function reaches(recordedId: string, id: string): boolean {
  const [recorded, version] = [versionOf(recordedId), versionOf(id)];
  if (recorded === undefined || version === undefined) return recordedId === spaced(id);
  const difference = compareVersions(recorded, version);
  return isBaseline(id) ? difference >= 0 : difference === 0;
}

const isBaseline = (id: string): boolean => /^B\d/.test(id);
const versionOf = (id: string): string | undefined => /^B?(\d+(?:\.\d+)*)$/.exec(id)?.[1];

/** A description is the end of a name with spaces in the place of underscores. */
const spaced = (id: string): string => (id.startsWith("R__") ? `R__${id.slice(3).replaceAll("_", " ")}` : id);

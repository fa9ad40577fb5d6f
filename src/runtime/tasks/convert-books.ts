import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { Books, Recorded } from "../../core/adopt/define.ts";
import { recordedBy } from "../../core/adopt/match.ts";
import type { ConvertedMigration, ConvertTool, Finding } from "../../core/convert/define.ts";
import { ToolError } from "../../core/errors.ts";
import { booksIn, recordedIn } from "../books.ts";
import { openDatabase } from "../database.ts";
import { namesOf } from "../namespace.ts";
import type { Project } from "../project.ts";

/**
 * Holds files against what their tool has recorded in the database whose state is to be written down. Says which were changed since the tool applied them
 * there, where it records what would show that; nothing where it has no books. Only reads. Throws ToolError `history` where not all of them
 * are applied, or nobody can say, and what `openDatabase` throws.
 */
export async function heldAgainstBooks(
  project: Pick<Project, "database" | "track">,
  { tool }: ConvertTool,
  migrations: readonly ConvertedMigration[],
): Promise<readonly Finding[]> {
  const database = await openDatabase(project.database, { readOnly: true });
  try {
    await (await namesOf(database, [project])).leadTo(project);
    const [found, ...others] = (await booksIn(database)).filter(({ books }) => books.tool === tool);
    if (!found || others.length > 0) return [];
    const recorded = await recordedIn(database, found);
    refuseUnfinished(found.books, recorded, migrations);
    return migrations.flatMap((migration) => changedSince(migration, found.books, recorded));
  } finally {
    await database.close();
  }
}

/** What the database has then is not what all of them make. */
function refuseUnfinished(books: Books, recorded: Recorded, migrations: readonly ConvertedMigration[]): void {
  const { tool, title } = books;
  const otherwise = "or leave out what the database has with --no-state";
  if (recorded.unclear)
    throw new ToolError("history", `${title}: ${recorded.unclear}; then convert again, ${otherwise}`, { tool });
  const isRecorded = recordedBy(books, recorded);
  const open = migrations.filter(({ ids }) => !ids.every(isRecorded)).map(({ file }) => file);
  if (open.length === 0) return;
  const shown = open.slice(0, 3).map((file) => `"${file}"`);
  const more = open.length > shown.length ? ` and ${open.length - shown.length} more` : "";
  throw new ToolError(
    "history",
    `${title} has not applied ${shown.join(", ")}${more} to this database, so what it has is not what all of them make; apply ${open.length === 1 ? "it" : "them"} there first, ${otherwise}`,
    { tool, files: open },
  );
}

function changedSince({ ids, file }: ConvertedMigration, { title }: Books, { sums }: Recorded): readonly Finding[] {
  const there = ids.map((id) => sums?.get(id)).find(Boolean);
  if (there === undefined) return [];
  const text = readFileSync(resolve(file), "utf8");
  if (isSumOf(there, text)) return [];
  return [
    {
      file,
      line: 1,
      what: `was changed after ${title} applied it to this database (SHA-256 ${there.slice(0, 8)}… there, ${sumOf(text).slice(0, 8)}… here)`,
      hint: "restore it and convert again, unless a new database is to get what it says now",
      lost: false,
    },
  ];
}

/**
 * Whatever ends the lines: Git changes that. Early releases of Prisma left zeros out of what they wrote down.
 * https://github.com/prisma/prisma-engines/blob/main/schema-engine/connectors/schema-connector/src/checksum.rs
 */
function isSumOf(sum: string, text: string): boolean {
  const lines = text.replaceAll("\r\n", "\n");
  const sums = [text, lines, lines.replaceAll("\n", "\r\n")].map(sumOf);
  return sums.some((own) => own === sum || (sum.length !== own.length && own.replace(/0(?=.(?:..)*$)/g, "") === sum));
}

const sumOf = (text: string): string => new Bun.CryptoHasher("sha256").update(text).digest("hex");

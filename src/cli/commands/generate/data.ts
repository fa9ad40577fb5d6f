import { ToolError } from "../../../core/errors.ts";
import { defineCommand } from "../../command.ts";
import { generateOutcome } from "../../generate-outcome.ts";
import { positiveInteger } from "../../run-options.ts";

export default defineCommand({
  meta: { summary: "Write a migration with rows of the database", aliases: ["generate dump-data", "dump-data"] },
  description:
    "Reads tables of the database and writes one upsertData for each, referenced tables first. The database is only read. Conditions are SQL and are sent to it as they stand.",
  examples: [
    { line: "godwit generate data roles permissions", does: "All rows of two tables" },
    {
      line: "godwit generate data users --where \"users:email LIKE '%@example.com'\"",
      does: "Some rows; repeated, all must hold",
    },
    {
      line: "godwit generate data settings --conflict-key settings:scope,name",
      does: "Columns that identify a row, if not the primary key",
    },
    { line: "godwit generate data countries --limit 20 --dry-run", does: "Look at the first of them" },
    { line: 'godwit generate data posts --order "created_at DESC" --limit 50', does: "The newest" },
  ],
  args: {
    where: {
      type: "string",
      multiple: true,
      valueHint: "TABLE:CONDITION",
      description: "SQL condition for one table, without TABLE: for all; may be repeated",
    },
    "conflict-key": {
      type: "string",
      multiple: true,
      valueHint: "TABLE:COLUMNS",
      description:
        "Columns that identify a row, without TABLE: for all (default: primary key or unique index); may be repeated",
    },
    limit: { type: "string", valueHint: "N", description: "At most so many rows of each table" },
    order: {
      type: "string",
      multiple: true,
      valueHint: "TABLE:SQL",
      description: "Which rows --limit takes, as after ORDER BY, without TABLE: for all (default: by their key)",
    },
    name: { type: "string", valueHint: "WORDS", description: "Words of the file name" },
    "dry-run": { type: "boolean", description: "Print the migration, write nothing" },
  },
  rest: "TABLE",
  async run({ args, flags, output, project }) {
    if (args.rest.length === 0) throw new ToolError("usage", "name at least one table: godwit generate data TABLE…");
    const limit = args.limit === undefined ? undefined : positiveInteger(args.limit, "--limit");
    const { generateData } = await import("../../../runtime/tasks/generate-data.ts");
    const result = await generateData(await project(), {
      tables: args.rest,
      where: args.where,
      conflictKeys: args["conflict-key"],
      limit,
      order: args.order,
      name: args.name,
      dryRun: args["dry-run"],
    });
    const outcome = generateOutcome(result, flags, output);
    return result.name === null ? { ...outcome, text: "no rows" } : outcome;
  },
});

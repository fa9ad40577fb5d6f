import { type RowFormat, rowFormats } from "../../../core/data/file-value.ts";
import { ToolError } from "../../../core/errors.ts";
import type { NewMigration } from "../../../runtime/new-migration.ts";
import type { NewSeeds } from "../../../runtime/seed-files.ts";
import { defineCommand, type Outcome } from "../../command.ts";
import { generateOutcome } from "../../generate-outcome.ts";
import type { Output } from "../../output.ts";
import { positiveInteger } from "../../run-options.ts";
import { seedEnvironment } from "../../seed-environment.ts";

export default defineCommand({
  meta: {
    summary: "Write a migration with rows of the database or of files",
    aliases: ["generate dump-data", "dump-data"],
  },
  description:
    "Reads tables of the database and writes one upsertData for each, referenced tables first; with --file, a file of rows in seeds/ for each, which godwit seed reads. With --from-file, rows of CSV and JSON files become the migration, and no database is asked. What is too much for one file becomes several. The database is only read. Conditions are SQL and are sent to it as they stand.",
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
    { line: "godwit generate data users posts --file csv --env development", does: "As seeds, in seeds/development" },
    { line: "godwit generate data --from-file roles.csv users.json", does: "Rows of files, named after their tables" },
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
    "from-file": {
      type: "string",
      multiple: true,
      valueHint: "FILE",
      description:
        "Rows of a CSV or JSON file that is named after its table, in place of the database's; further arguments are such files, too; may be repeated",
    },
    file: {
      type: "string",
      valueHint: "FORMAT",
      description: "csv or json: write files of rows in seeds/, in place of a migration",
    },
    env: { type: "string", valueHint: "NAME", description: "With --file: the environment, a directory in seeds/" },
    name: { type: "string", valueHint: "WORDS", description: "Words of the file name" },
    "dry-run": {
      type: "boolean",
      description: "Print the migration, or say which files there would be; write nothing",
    },
  },
  rest: "TABLE",
  async run({ args, flags, output, project }) {
    if (args["from-file"].length > 0) {
      refuseBeside(args);
      const { generateDataFromFiles } = await import("../../../runtime/tasks/generate-data-from-files.ts");
      const result = await generateDataFromFiles(await project(), {
        files: [...args["from-file"], ...args.rest],
        conflictKeys: args["conflict-key"],
        name: args.name,
        dryRun: args["dry-run"],
      });
      return migrationOutcome(result, flags, output);
    }
    if (args.rest.length === 0) throw new ToolError("usage", "name at least one table: godwit generate data TABLE…");
    const limit = args.limit === undefined ? undefined : positiveInteger(args.limit, "--limit");
    const tables = {
      tables: args.rest,
      where: args.where,
      conflictKeys: args["conflict-key"],
      limit,
      order: args.order,
    };
    const format = formatOf(args);
    const tasks = await import("../../../runtime/tasks/generate-data.ts");
    if (format) {
      const environment = seedEnvironment(args.env);
      const asked = { ...tables, format, environment, dryRun: args["dry-run"] };
      return seedsOutcome(await tasks.generateSeeds(await project(), asked), output);
    }
    const result = await tasks.generateData(await project(), { ...tables, name: args.name, dryRun: args["dry-run"] });
    return migrationOutcome(result, flags, output);
  },
});

function migrationOutcome(result: NewMigration, flags: { readonly color: boolean }, output: Output): Outcome {
  const outcome = generateOutcome(result, flags, output);
  return result.name === null ? { ...outcome, text: "no rows" } : outcome;
}

const ofDatabase = ["where", "limit", "order", "file", "env"] as const;

/** What says which rows of a database are meant, or where they go. */
function refuseBeside(
  args: { readonly [flag in (typeof ofDatabase)[number]]: string | readonly string[] | undefined },
) {
  const given = ofDatabase.filter((flag) => args[flag] !== undefined && args[flag].length > 0);
  if (given.length === 0) return;
  const list = given.map((flag) => `--${flag}`).join(", ");
  throw new ToolError(
    "usage",
    `--from-file takes all rows of its files; leave out ${list}, which ${given.length === 1 ? "is" : "are"} for rows of a database`,
    {
      flags: given.map((flag) => `--${flag}`),
    },
  );
}

interface FileFlags {
  readonly file: string | undefined;
  readonly env: string | undefined;
  readonly name: string | undefined;
}

function formatOf({ file, env, name }: FileFlags): RowFormat | undefined {
  if (file === undefined) {
    if (env === undefined) return undefined;
    throw new ToolError("usage", "--env says whose seeds the rows are; give --file csv or --file json, too", {
      flag: "--env",
    });
  }
  const format = rowFormats.find((known) => known === file);
  if (!format)
    throw new ToolError("usage", `--file "${file}" is neither csv nor json; files are named after their tables`, {
      flag: "--file",
      value: file,
    });
  if (name === undefined) return format;
  throw new ToolError("usage", "--name is for a migration; files of rows are named after their tables", {
    flag: "--name",
  });
}

function seedsOutcome(result: NewSeeds, output: Output): Outcome {
  for (const warning of result.warnings) output.warn(warning);
  const lines = result.files.map(({ file, table, rows, created }) => {
    const count = `${rows} ${rows === 1 ? "row" : "rows"} of "${table}"`;
    return `${created ? "created" : "would create"} ${file}: ${count}`;
  });
  return { json: result, text: lines.join("\n") || "no rows", receipt: true };
}

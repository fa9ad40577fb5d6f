import { resolve } from "node:path";
import type { Finding } from "../../core/convert/define.ts";
import { ToolError } from "../../core/errors.ts";
import type { ConvertResult } from "../../runtime/tasks/convert.ts";
import { unsupportedText } from "../change-text.ts";
import { defineCommand } from "../command.ts";

const forms = ["ts", "sql", "typed"] as const;

export default defineCommand({
  meta: { summary: "Turn the migrations of another tool into godwit's" },
  description:
    "Reads files and writes new ones; the originals stay as they are. SQL, names, order and what runs outside a transaction are kept. What cannot be converted is listed with file and line, and nothing is written then, unless with --leave-out; exit code 3.",
  examples: [
    { line: "godwit convert db/migrations", does: "Write migrations/*.ts, for the tool that the files look like" },
    { line: "godwit convert db/migrations --from goose --as sql", does: "Write SQL files, of goose's migrations" },
    { line: "godwit convert sql --dry-run --json", does: "Only say what would be written, for a script" },
  ],
  rest: "PATH",
  args: {
    from: { type: "string", valueHint: "TOOL", description: "Whose migrations these are" },
    as: {
      type: "enum",
      options: [...forms],
      valueHint: "FORM",
      default: "ts",
      description:
        "ts for TypeScript that holds the SQL, sql for SQL files, typed for operations where these do the same",
    },
    to: { type: "string", valueHint: "DIR", description: "Where to write (default: the project's migrations)" },
    placeholder: {
      type: "string",
      multiple: true,
      valueHint: "NAME=VALUE",
      description: "What the tool fills in for NAME (may be repeated)",
    },
    state: {
      type: "boolean",
      description:
        "Add a migration that says what the database has, and the schema as YAML (default with --url, but for --as typed)",
    },
    "leave-out": { type: "boolean", description: "Write an empty migration for each that cannot be converted" },
    "dry-run": { type: "boolean", description: "Write nothing; say what would be written" },
  },
  async run({ args, flags, project, output }) {
    const { convert } = await import("../../runtime/tasks/convert.ts");
    const target = await project();
    const json = await convert(args.to === undefined ? target : { ...target, migrationsDir: resolve(args.to) }, {
      paths: args.rest,
      from: args.from,
      as: forms.find((form) => form === args.as) ?? "ts",
      placeholders: placeholders(args.placeholder),
      leaveOut: args["leave-out"],
      state: args.state ?? (flags.url !== undefined && args.as !== "typed"),
      dryRun: args["dry-run"],
    });
    if (json.unsupported.length > 0)
      output.warn(`left out of the schema, because it cannot say it:\n${unsupportedText(json.unsupported)}`);
    const lost = json.findings.filter((finding) => finding.lost);
    for (const finding of json.findings) if (!finding.lost) output.warn(findingText(finding));
    const lines = [...lost.map(findingText), summary(json, lost.length, args["dry-run"] === true)];
    const refused = lost.length > 0 && json.created.length === 0 && args["dry-run"] !== true;
    const made = refused ? [] : fileLines(json, args["dry-run"] === true);
    return {
      json,
      text: [...made, ...lines].join("\n"),
      ...(lost.length > 0 ? { exitCode: 3 as const } : { receipt: true as const }),
    };
  },
});

const findingText = ({ file, line, what, hint }: Finding): string => `${file}:${line}: ${what}; ${hint}`;

function fileLines({ migrations, created }: ConvertResult, dry: boolean): readonly string[] {
  const own = migrations.flatMap(({ files, from }) =>
    files.map((file, i) => `${dry ? "would create" : "created"} ${file}${i === 0 ? ` from ${from}` : ""}`),
  );
  const listed = new Set(migrations.flatMap(({ files }) => files));
  return [...own, ...created.filter((file) => !listed.has(file)).map((file) => `created ${file}`)];
}

function summary({ tool, migrations, known, created }: ConvertResult, lost: number, dry: boolean): string {
  const count = (n: number): string => `${n} ${n === 1 ? "migration" : "migrations"}`;
  const before = known > 0 ? `, ${known} converted before` : "";
  if (lost > 0 && created.length === 0 && !dry)
    return `nothing was written; give what is asked for, or go on without with --leave-out`;
  if (migrations.length === 0) return `nothing new of ${tool}${before}`;
  return `${dry ? "would convert" : "converted"} ${count(migrations.length)} of ${tool}${before}`;
}

/** Throws ToolError `usage` for what is no `NAME=VALUE`. */
function placeholders(given: readonly string[]): Readonly<Record<string, string>> {
  const pairs = given.map((text) => {
    const [, name, value] = /^([^=]+)=(.*)$/s.exec(text) ?? [];
    if (name === undefined || value === undefined)
      throw new ToolError("usage", `--placeholder takes NAME=VALUE, not "${text}"`);
    return [name, value] as const;
  });
  return Object.fromEntries(pairs);
}

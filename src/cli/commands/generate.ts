import { defineCommand } from "../command.ts";
import { databasesArguments } from "../databases-option.ts";
import { generateOutcome } from "../generate-outcome.ts";

export default defineCommand({
  meta: { summary: "Write the next migration from the schema", aliases: ["makemigrations"] },
  description:
    "Compares the schema with the sum of the migrations; no database is needed. Without a terminal, open questions are an error that lists them.",
  examples: [
    { line: "godwit generate", does: "Write the next migration" },
    { line: "godwit generate --name add_posts", does: "Choose the words of its name" },
    { line: "godwit generate --check", does: "For CI: exit code 3 if the schema has changed" },
    { line: "godwit generate --rename users.email:mail", does: "It is a rename, not a drop and an add" },
    { line: "godwit generate --one-off 'users.age=0'", does: "Fill existing rows of a new NOT NULL field" },
    { line: "godwit generate --merge", does: "Join several heads" },
    { line: "godwit generate --merge --order 0004_b,0004_a", does: "Say which of two branches runs first" },
  ],
  args: {
    name: { type: "string", valueHint: "WORDS", description: "Words of the file name" },
    "dry-run": { type: "boolean", description: "Print the migration, write nothing" },
    check: { type: "boolean", description: "Write nothing; exit code 3 when a migration is needed" },
    merge: { type: "boolean", description: "Join several heads with a migration that says in which order they run" },
    order: {
      type: "string",
      valueHint: "HEADS",
      description: "Of --merge: all heads with commas between them, the one that runs first at the front",
    },
    rename: {
      type: "string",
      multiple: true,
      valueHint: "OLD:NEW",
      description: 'old:new, table.old:new, "enum old:new" (namespace, domain, sequence) or none; may be repeated',
    },
    "one-off": {
      type: "string",
      multiple: true,
      valueHint: "TABLE.FIELD=SQL",
      description: "Value for the existing rows, or none where there are no rows; may be repeated",
    },
    "type-change": {
      type: "string",
      multiple: true,
      valueHint: "HOW",
      description: "using (in place) or new_column; for one field: table.field=new_column; may be repeated",
    },
    "on-destructive": {
      type: "string",
      multiple: true,
      valueHint: "WHAT",
      description: "generate, review, omit, ignore or exit; for one kind or one change: drop_field=omit",
    },
    yes: { type: "boolean", alias: "y", description: "Same as --on-destructive generate --one-off none" },
    answers: { type: "string", valueHint: "FILE", description: "YAML or JSON file that answers the questions" },
    ...databasesArguments,
  },
  async run({ args, flags, output, project, ask }) {
    const { generate } = await import("../../runtime/tasks/generate.ts");
    const result = await generate(await project(), {
      name: args.name,
      dryRun: args["dry-run"],
      check: args.check,
      merge: args.merge,
      order: args.order,
      renames: args.rename,
      oneOff: args.yes ? [...args["one-off"], "none"] : args["one-off"],
      typeChanges: args["type-change"],
      onDestructive: args.yes ? ["generate", ...args["on-destructive"]] : args["on-destructive"],
      answers: args.answers,
      ask: await ask(),
    });
    return generateOutcome(result, { color: flags.color, check: args.check }, output);
  },
});

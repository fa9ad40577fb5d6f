import { ToolError } from "../../../core/errors.ts";
import type { Problem } from "../../../runtime/problems.ts";
import type { Danger, Repair, RepairResult } from "../../../runtime/tasks/repair.ts";
import { canAsk, typed } from "../../ask.ts";
import { defineCommand } from "../../command.ts";
import { compiledArguments } from "../../compiled-option.ts";
import { runArguments, runOptions } from "../../run-options.ts";
import { stoppedText } from "../../stopped-text.ts";

const repairs = ["done", "undone", "forget", "accept"] as const satisfies readonly Repair[];

export default defineCommand({
  meta: { summary: "Settle what an interrupted run or a changed file left behind" },
  description:
    "Without a name it settles what the database itself shows: statements that took effect are noted, half-made indexes are removed. With a name and one of the flags it takes your word. `migrate up` settles the same things by itself before it goes on.",
  examples: [
    { line: "godwit migrate repair --dry-run", does: "Show what is wrong, and what would be done" },
    { line: "godwit migrate repair 0007_import --done", does: "The statement in which it stopped took effect" },
    { line: "godwit migrate repair 0007_import --forget", does: "As if it had never been begun" },
    { line: "godwit migrate repair 0003_users --accept", does: "Its file is what was applied" },
  ],
  args: {
    name: {
      type: "positional",
      required: false,
      description: "The migration, or what only its name begins with; without one, all",
    },
    done: { type: "boolean", description: "The statement in which it stopped took effect: go on after it" },
    undone: { type: "boolean", description: "It did not: do it again" },
    forget: { type: "boolean", description: "Forget the migration, whatever of it is in the database" },
    accept: { type: "boolean", description: "Take a changed file for what was applied" },
    confirm: {
      type: "string",
      valueHint: "NAME",
      description: "The name once more, in place of the question where it is dangerous",
    },
    "dry-run": { type: "boolean", description: "Show what is wrong and change nothing" },
    ...compiledArguments,
    ...runArguments,
  },
  async run(context) {
    const { args, flags } = context;
    const { repair } = await import("../../../runtime/tasks/repair.ts");
    const asked = repairs.filter((name) => args[name]);
    if (asked.length > 1) throw new ToolError("usage", `give one of ${asked.map((name) => `--${name}`).join(", ")}`);
    const result = await repair(await context.project(), {
      ...runOptions(context),
      name: args.name,
      repair: asked[0],
      dryRun: args["dry-run"],
      confirm: (danger) => confirmed(danger, args.confirm, canAsk(flags)),
    });
    const open = args["dry-run"] ? result.problems.length : result.problems.length - result.repaired.length;
    return { json: result, text: textOf(result, Boolean(args["dry-run"])), exitCode: open > 0 ? 3 : 0 };
  },
});

/** Typing the name keeps a hand that is quicker than the eye from doing harm. */
async function confirmed({ migration, text }: Danger, given: string | undefined, ask: boolean): Promise<boolean> {
  if (given === migration) return true;
  if (given !== undefined)
    throw new ToolError("usage", `--confirm says "${given}", and this is about "${migration}"`, { migration });
  if (ask) return (await typed(`"${migration}": ${text}. Type its name to go on`)) === migration;
  throw new ToolError("questions", `"${migration}": ${text}; if that is what you want, add --confirm ${migration}`, {
    questions: [{ id: "confirm", text, flag: `--confirm ${migration}` }],
  });
}

function textOf({ problems, repaired }: RepairResult, dryRun: boolean): string {
  if (problems.length === 0) return "nothing is wrong";
  const did = new Map(repaired.map((one) => [one.migration, one.did]));
  return problems
    .map((problem) => {
      const done = did.get(problem.migration);
      const end = done === undefined ? problem.remedy : dryRun ? `would be done: ${done}` : `repaired: ${done}`;
      return `${wrongText(problem)}\n${end}`;
    })
    .join("\n\n");
}

const wrongText = ({ migration, state, stopped }: Problem): string =>
  stopped ? stoppedText(migration, stopped) : `${migration} is ${state}`;

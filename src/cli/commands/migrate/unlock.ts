import { ToolError } from "../../../core/errors.ts";
import { describeHolder, type LockHolder } from "../../../runtime/lock-holder.ts";
import { canAsk, confirmed } from "../../ask.ts";
import { defineCommand } from "../../command.ts";
import { lockArguments, lockFrom } from "../../run-options.ts";

export default defineCommand({
  meta: { summary: "Free the lock of a run that is dead" },
  description:
    "Shows who holds the migration lock, and asks. A run that still works stops before its next statement. On PostgreSQL the lock belongs to a session, and is free as soon as that ends; --terminate ends it.",
  examples: [
    { line: "godwit migrate unlock", does: "Show the holder, and ask" },
    { line: "godwit migrate unlock --yes", does: "Free it without asking" },
    { line: "godwit migrate unlock --terminate", does: "On PostgreSQL: end the session that holds it" },
  ],
  args: {
    ...lockArguments,
    yes: { type: "boolean", description: "Do not ask" },
    terminate: { type: "boolean", description: "End the session of the database that holds the lock" },
  },
  async run({ args, flags, project }) {
    const { unlock } = await import("../../../runtime/tasks/unlock.ts");
    const result = await unlock(await project(), {
      lock: lockFrom(args.lock),
      terminate: args.terminate,
      confirm: async (holder) => {
        if (args.yes) return true;
        if (!canAsk(flags)) throw unasked(holder);
        return confirmed(`The lock belongs to ${shown(holder)}. ${consequence(args.terminate)}`);
      },
    });
    return { json: result, text: textOf(result), receipt: true };
  },
});

const consequence = (terminate: boolean | undefined): string =>
  terminate ? "End its session? What it has not committed is rolled back." : "Free it? Do so only if that run is dead.";

const shown = (holder: LockHolder): string =>
  `${describeHolder(holder)}${holder.seen === undefined ? "" : `, last sign of life ${holder.seen}`}`;

function unasked(holder: LockHolder): ToolError {
  const text = `the lock belongs to ${shown(holder)}`;
  return new ToolError("questions", `${text}; free it with --yes if that run is dead`, {
    questions: [{ id: "unlock", text, flag: "--yes" }],
    holder,
  });
}

function textOf({
  holder,
  freed,
}: Awaited<ReturnType<typeof import("../../../runtime/tasks/unlock.ts").unlock>>): string {
  if (holder === null) return "nobody holds the lock";
  return freed ? `freed the lock of ${describeHolder(holder)}` : "the lock stays as it is";
}

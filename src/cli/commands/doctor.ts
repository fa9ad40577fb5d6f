import { ToolError } from "../../core/errors.ts";
import type { CheckResult, DoctorResult } from "../../runtime/tasks/doctor.ts";
import { defineCommand } from "../command.ts";
import { compiledArguments } from "../compiled-option.ts";
import { columns, isScreen, type Paint, painter } from "../output.ts";

export default defineCommand({
  meta: { summary: "Check everything that a run of migrations needs" },
  description:
    "Configuration, schema, migrations, database, rights, lock, history and what surrounds them: each line is ok, a warning or a fault, and says what to do. Only reads. Exit code 3 when there are faults; warnings are none.",
  examples: [
    { line: "godwit doctor", does: "Would migrate up work here, and why not?" },
    { line: "godwit doctor --json", does: "For scripts, and for a report of a bug" },
  ],
  args: compiledArguments,
  async run({ project, flags }) {
    const { doctor } = await import("../../runtime/tasks/doctor.ts");
    const { canAsk } = await import("../ask.ts");
    const configuration = await project().then(
      (value) => ({ value }),
      (error: unknown) => {
        // A mistake on the command line is nothing that is wrong with the project.
        if (error instanceof ToolError && error.code !== "usage") return { error };
        throw error;
      },
    );
    const terminal = {
      interactive: canAsk({ json: false }),
      colours: painter(flags.color, isScreen(1))("red", "") !== "",
      ...(process.stdout.columns !== undefined && { width: process.stdout.columns }),
    };
    const json = await doctor(configuration, { env: process.env, terminal });
    return { json, text: textOf(json, painter(flags.color, isScreen(1))), exitCode: json.faults > 0 ? 3 : 0 };
  },
});

function textOf({ checks, skipped, ok, warnings, faults }: DoctorResult, paint: Paint): string {
  const rows = columns(checks.flatMap((check) => rowsOf(check, paint)));
  const notChecked = skipped.length > 0 ? [`not checked: ${skipped.join(", ")}`] : [];
  const numbers = `${ok} ok, ${warnings} ${warnings === 1 ? "warning" : "warnings"}, ${faults} ${faults === 1 ? "fault" : "faults"}`;
  return [rows, "", ...notChecked, numbers].join("\n");
}

const colours = { ok: "green", warning: "yellow", fault: "red" } as const;

function rowsOf({ name, state, found, advice }: CheckResult, paint: Paint): readonly (readonly string[])[] {
  const [first = "", ...more] = found.split("\n");
  const further = advice === null ? more : [...more, `→ ${advice}`];
  return [[paint(colours[state], state), name, first], ...further.map((line) => ["", "", line])];
}

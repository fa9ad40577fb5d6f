import { defineCommand } from "../../command.ts";
import { progress } from "../../progress.ts";
import { milliseconds } from "../../run-options.ts";

export default defineCommand({
  meta: { summary: "Wait until the database answers" },
  description:
    "For containers that start together. Only reads; wrong passwords and missing databases are waited for too.",
  examples: [{ line: "godwit migrate wait --timeout 2m", does: "Before godwit migrate up, in a container" }],
  args: {
    timeout: { type: "string", valueHint: "TIME", default: "60s", description: "How long to wait, such as 30s or 2m" },
  },
  async run({ args, output, project, signal }) {
    const { wait } = await import("../../../runtime/tasks/wait.ts");
    const timeoutMs = milliseconds(args.timeout, "--timeout");
    const result = await wait(await project(), { timeoutMs, onEvent: progress(output), signal });
    const text =
      result.server_version === null ? "the database does not exist yet; up makes it" : "the database answers";
    return { json: result, text };
  },
});

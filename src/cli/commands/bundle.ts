import { resolve } from "node:path";
import { ToolError } from "../../core/errors.ts";
import { defineCommand } from "../command.ts";

export default defineCommand({
  meta: { summary: "Make one executable with the migrations inside" },
  description:
    "The executable behaves as `godwit migrate` with the migrations, the seeds and the godwit.yaml of this project, wherever it is run. Needs no network and no compiler. Do not strip it.",
  examples: [
    { line: "godwit bundle --out app-migrate", does: "Then, anywhere: app-migrate up --url …" },
    {
      line: "godwit bundle --out app-migrate --base godwit-linux-arm64 --target linux-arm64",
      does: "For another platform, from the godwit for that",
    },
  ],
  args: {
    out: { type: "string", valueHint: "FILE", description: "Where to write the executable" },
    base: { type: "string", valueHint: "FILE", description: "The godwit to put them into (default: this one)" },
    target: {
      type: "string",
      valueHint: "PLATFORM",
      description: "Refuse a base for another platform, such as linux-x64, linux-arm64-musl or windows-x64",
    },
  },
  async run({ args, project, output }) {
    const { bundle } = await import("../../runtime/tasks/bundle.ts");
    if (args.out === undefined)
      throw new ToolError("usage", "say where the executable goes: --out FILE", { flag: "--out" });
    const json = await bundle(await project(), {
      out: resolve(args.out),
      base: args.base === undefined ? await ownExecutable() : resolve(args.base),
      target: args.target,
    });
    for (const warning of json.warnings) output.warn(warning);
    const { file, migrations, bytes, platform } = json;
    const seeded = json.seeds > 0 ? ` and ${json.seeds} ${json.seeds === 1 ? "seed" : "seeds"}` : "";
    const count = `${migrations} ${migrations === 1 ? "migration" : "migrations"}${seeded}`;
    const text = `wrote ${file}: ${count}, ${platform}, ${(bytes / 2 ** 20).toFixed(1)} MiB`;
    return { json, text, receipt: true };
  },
});

async function ownExecutable(): Promise<string> {
  const { isCompiled } = await import("../../runtime/executable.ts");
  if (isCompiled()) return process.execPath;
  throw new ToolError("usage", "this godwit is run from its sources; give a compiled one with --base FILE");
}

import { resolve } from "node:path";
import { compiledFormats } from "../../core/plan/compiled-text.ts";
import { defineCommand } from "../command.ts";

export default defineCommand({
  meta: { summary: "Write the migrations as data, for `--from`, programs and bundles" },
  description:
    "What migrate commands take with --from. Holds operations, SQL, checksums and a hash of every file, and nothing that runs. All tracks are in one file. The same migrations always give the same bytes.",
  examples: [
    { line: "godwit compile", does: "Write migrations/compiled.json" },
    { line: "godwit compile --check", does: "For CI: exit code 3 if it has to be written again" },
    { line: "godwit compile --format module", does: "Write migrations.ts, which a program imports" },
  ],
  args: {
    out: {
      type: "string",
      valueHint: "FILE",
      description: "Where to write (default: compiled.json beside the migrations; of several tracks, of godwit.yaml)",
    },
    format: {
      type: "enum",
      options: [...compiledFormats],
      valueHint: "FORMAT",
      default: "json",
      description: "json, or module for a TypeScript module of data",
    },
    check: { type: "boolean", description: "Write nothing; exit code 3 when the file is not current" },
  },
  async run({ args, project }) {
    const { compile } = await import("../../runtime/tasks/compile.ts");
    const json = await compile(await project(), {
      out: args.out === undefined ? undefined : resolve(args.out),
      format: compiledFormats.find((format) => format === args.format),
      check: args.check,
    });
    const { file, migrations, current, written, findings } = json;
    if (args.check && !current) {
      const lines = findings.map((finding) => `${finding.file}: ${finding.detail}`);
      return { json, text: `${lines.join("\n")}\n"${file}" is not current; run \`godwit compile\``, exitCode: 3 };
    }
    const count = `${migrations} ${migrations === 1 ? "migration" : "migrations"}`;
    return { json, text: written ? `wrote ${file}: ${count}` : `${file} is current: ${count}`, receipt: true };
  },
});

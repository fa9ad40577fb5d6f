import { version } from "../../version.ts";
import { buildInfo, versionText } from "../build-info.ts";
import { defineCommand } from "../command.ts";

export default defineCommand({
  meta: { summary: "Show the version, what it was built of, and what is inside" },
  examples: [{ line: "godwit version --json", does: "For scripts" }],
  args: {},
  async run({ program }) {
    const { knownDialects } = await import("../../dialects/known.gen.ts");
    const { commit, target } = buildInfo;
    const json = {
      version,
      commit: commit ?? null,
      target: target ?? null,
      bun: Bun.version,
      platform: `${process.platform}-${process.arch}`,
      databases: knownDialects.map((d) => d.name),
    };
    const text = [
      versionText(program),
      `commit ${commit ?? "unknown"}, built for ${target ?? "no platform in particular"}`,
      `bun ${json.bun}, ${json.platform}`,
      `databases: ${knownDialects.map((d) => d.title).join(", ")}`,
    ];
    return { json, text: text.join("\n") };
  },
});

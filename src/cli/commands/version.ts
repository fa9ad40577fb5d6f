import { version } from "../../version.ts";
import { defineCommand } from "../command.ts";

export default defineCommand({
  meta: { summary: "Show the version and what is inside" },
  examples: [{ line: "godwit version --json", does: "For scripts" }],
  args: {},
  async run() {
    const { dialects } = await import("../../dialects/registry.gen.ts");
    const json = {
      version,
      bun: Bun.version,
      platform: `${process.platform}-${process.arch}`,
      databases: dialects.map((d) => d.name),
    };
    const text = [
      `godwit ${json.version}`,
      `bun ${json.bun}, ${json.platform}`,
      `databases: ${dialects.map((d) => d.title).join(", ")}`,
    ];
    return { json, text: text.join("\n") };
  },
});

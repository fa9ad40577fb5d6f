import { basename } from "node:path";
import { defineCheck, failed, ok } from "../define.ts";

export default defineCheck({
  name: "configuration",
  rank: 10,
  judge: ({ configuration }) => {
    if ("error" in configuration) return failed(configuration.error);
    const { configFile } = configuration.value;
    return ok(configFile === undefined ? "no godwit.yaml; flags, environment and defaults hold" : basename(configFile));
  },
});

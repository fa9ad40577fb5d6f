import { basename } from "node:path";
import { defineCheck, failed, ok } from "../define.ts";

export default defineCheck({
  name: "configuration",
  rank: 10,
  judge: ({ configuration }) => {
    if ("error" in configuration) return failed(configuration.error);
    const { configFile, configText } = configuration.value;
    if (configText !== undefined) return ok("godwit.yaml in this executable");
    return ok(configFile === undefined ? "no godwit.yaml; flags, environment and defaults hold" : basename(configFile));
  },
});

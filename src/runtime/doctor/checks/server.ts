import { defineCheck, ok } from "../define.ts";

export default defineCheck({
  name: "server",
  rank: 50,
  judge: ({ database }) => {
    if (!database || "error" in database) return "unknown";
    const { dialect, server } = database.value;
    return server ? ok(`${dialect} ${server.version}`) : "unknown";
  },
});

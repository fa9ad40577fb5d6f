import { defineCheck, failed, ok, warning } from "../define.ts";

export default defineCheck({
  name: "connection",
  rank: 40,
  judge: ({ database }) => {
    if (!database) return "unknown";
    if ("error" in database) return failed(database.error);
    const { url, server } = database.value;
    return server
      ? ok(url)
      : warning(`${url} does not exist yet`, "`godwit migrate up` makes it; if it should be there, check the path");
  },
});

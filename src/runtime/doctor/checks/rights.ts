import { defineCheck, failed, fault, ok, warning } from "../define.ts";
import { serverOf } from "../facts-of.ts";

export default defineCheck({
  name: "rights",
  rank: 60,
  judge: (facts) => {
    const server = serverOf(facts);
    if (!server) return "unknown";
    const { obstacle, rights } = server;
    if (obstacle !== undefined) return fault(`can only be read: ${obstacle}`);
    if (!rights) return ok("can be written");
    if ("error" in rights) return failed(rights.error);
    const { lacking, mayHide } = rights.value;
    if (lacking.length === 0) return ok("this user may make and change tables");
    const names = lacking.join(", ");
    return mayHide
      ? warning(`not granted to this user itself: ${names}`, "grant them, unless they come with a role")
      : fault(`this user lacks ${names}`, "grant it, or connect as a user who may");
  },
});

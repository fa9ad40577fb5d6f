import { defineCheck, failed, fault, ok } from "../define.ts";
import { serverOf } from "../facts-of.ts";

export default defineCheck({
  name: "pooler",
  rank: 70,
  judge: (facts) => {
    const server = serverOf(facts);
    if (!server) return "unknown";
    const { pooler, lock } = server;
    if (!pooler) return undefined;
    if ("error" in pooler) return failed(pooler.error);
    const { present, sharesSessions } = pooler.value;
    if (!present) return ok("none");
    if (!sharesSessions) return ok("one that keeps sessions");
    const isTable = "value" in lock && lock.value.mode === "table";
    return isTable
      ? ok("one that gives each transaction another session; `lock: table` holds there")
      : fault(
          "one that gives each transaction another session, where a lock of a session protects nothing",
          "set `lock: table` in godwit.yaml, or connect to the server itself",
        );
  },
});

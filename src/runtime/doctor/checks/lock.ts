import { describeHolder } from "../../lock-holder.ts";
import { defineCheck, failed, ok, warning } from "../define.ts";
import { serverOf } from "../facts-of.ts";

export default defineCheck({
  name: "lock",
  rank: 80,
  judge: (facts) => {
    const lock = serverOf(facts)?.lock;
    if (!lock) return "unknown";
    if ("error" in lock) return failed(lock.error);
    const { holder } = lock.value;
    return holder
      ? warning(
          `held by ${describeHolder(holder)}`,
          "wait until that run is done; `godwit migrate unlock` frees it if that run is dead",
        )
      : ok("free");
  },
});

import { defineCheck, failed, ok, warning } from "../define.ts";
import { serverOf } from "../facts-of.ts";

/** What people take for the same time when they compare logs. */
const toleratedMs = 5000;

export default defineCheck({
  name: "clock",
  rank: 110,
  judge: (facts) => {
    const server = serverOf(facts);
    if (!server) return "unknown";
    const { clock } = server;
    if (!clock) return undefined;
    if ("error" in clock) return failed(clock.error);
    const { skewMs, uncertaintyMs } = clock.value;
    if (Math.abs(skewMs) <= toleratedMs + uncertaintyMs) return ok("the same as here");
    const seconds = Math.round(Math.abs(skewMs) / 1000);
    return warning(
      `${seconds} s ${skewMs > 0 ? "ahead of" : "behind"} this machine's`,
      "the history has the times of whoever migrates, so they will not fit those of the server's logs; let both follow a time server",
    );
  },
});

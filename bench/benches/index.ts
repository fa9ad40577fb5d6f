import type { Bench } from "../bench.ts";
import { applying } from "./applying.ts";
import { generate } from "./generate.ts";
import { introspecting } from "./introspecting.ts";
import { loading } from "./loading.ts";
import { peers } from "./peers.ts";
import { startUp } from "./start-up.ts";
import { wide } from "./wide.ts";

/** All of them, in the order in which they run and are shown. */
export const benches: readonly Bench[] = [
  ...startUp,
  ...loading,
  ...generate,
  ...applying,
  ...introspecting,
  ...wide,
  ...peers,
];

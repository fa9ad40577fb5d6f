import dialect from "../../dialects/clickhouse/dialect.ts";
import { type ClickhouseOptions, openClickhouse } from "../../dialects/clickhouse/remote.ts";
import { redact } from "../../runtime/redact.ts";
import type { EdgeDriver } from "./options.ts";

export type { ClickhouseOptions } from "../../dialects/clickhouse/remote.ts";

/** A ClickHouse server, over HTTP. */
export const clickhouse = (options: ClickhouseOptions): EdgeDriver => ({
  dialect,
  name: redact(options.url),
  open: (given) => openClickhouse({ ...given, ...options }),
});

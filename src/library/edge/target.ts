import { ToolError } from "../../core/errors.ts";
import type { DatabaseTarget } from "../../runtime/database.ts";
import { kindOf } from "../compiled-in.ts";
import type { EdgeReadOptions } from "./options.ts";

/** The database of the options. Throws ToolError `usage` for what is none. */
export function targetOf({ driver }: EdgeReadOptions): DatabaseTarget {
  if (typeof driver?.open !== "function" || typeof driver.dialect !== "object")
    throw new ToolError("usage", `"driver" is ${kindOf(driver)}; give what libsql(), d1() or another of them returns`);
  return { url: driver.name, door: driver };
}

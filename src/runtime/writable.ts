import { ToolError } from "../core/errors.ts";
import type { Database } from "./database.ts";

/** Throws ToolError `database` where nothing can be written, before anything is tried. Only reads. */
export async function refuseReadOnly({ driver, url }: Database): Promise<void> {
  const obstacle = await driver.obstacle?.();
  if (obstacle === undefined) return;
  throw new ToolError("database", `${url} can only be read: ${obstacle}; nothing was changed`, { obstacle });
}

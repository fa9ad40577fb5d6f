import type { Dialect } from "../core/ddl/dialect.ts";
import { ToolError } from "../core/errors.ts";
import type { Door } from "./database.ts";
import type { Target } from "./url.ts";

/** The dialect of what a program brings along. */
export async function dialectOf({ door }: { readonly door?: Door }): Promise<Dialect> {
  if (door) return door.dialect;
  throw noUrl();
}

export function parseUrl(_text: string): Target {
  throw noUrl();
}

/** No dialect is known here but those of the drivers that a program takes along, so that its bundle has no other in it. */
const noUrl = (): ToolError => new ToolError("internal", "a database without a driver");

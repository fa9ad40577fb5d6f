import { extname } from "node:path";
import { ToolError } from "../core/errors.ts";

/** In what form to draw: as --format says, else as the ending of --out says, else in the usual one. Throws ToolError `usage` for an ending that says nothing. */
export function drawnForm<F extends string>(
  args: { readonly format: F | undefined; readonly out: string | undefined },
  endings: Readonly<Record<string, F>>,
  usual: F,
): F {
  const { format, out } = args;
  if (format !== undefined || out === undefined) return format ?? usual;
  const ending = extname(out).toLowerCase();
  const found = Object.hasOwn(endings, ending) ? endings[ending] : undefined;
  if (found) return found;
  throw new ToolError(
    "usage",
    `"${out}" does not say in what form to draw; end it in ${Object.keys(endings).join(", ")}, or add --format`,
  );
}

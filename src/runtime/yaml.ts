import type { Locate } from "../core/schema/part.ts";
import type { ParsedYaml } from "./full-yaml.ts";
import { readSimpleYaml } from "./simple-yaml.ts";

/**
 * Reads one YAML 1.2 document with anchors and merge keys into plain values. A number that JavaScript would write in another
 * way (`0.10`, `007`) stays the text it is. `file` is the name to show in positions.
 *
 * The full parser takes 200 ms for a schema of 500 tables, and 20 ms to be loaded; so it is only asked for what is not simple and, once
 * something is wrong, for positions.
 */
export function parseYaml(text: string, file: string): ParsedYaml {
  const value = readSimpleYaml(text);
  if (value === undefined) return parseFully(text, file);
  let full: ParsedYaml | undefined;
  const locate: Locate = (path, which) => {
    full ??= parseFully(text, file);
    return full.locate(path, which);
  };
  return { file, value, locate, problems: [] };
}

function parseFully(text: string, file: string): ParsedYaml {
  const { parseFullYaml } = require("./full-yaml.ts") as typeof import("./full-yaml.ts");
  return parseFullYaml(text, file);
}

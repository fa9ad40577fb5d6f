import { ToolError } from "../../errors.ts";
import { compare } from "../names.ts";
import type { FromFile } from "./replay.ts";

/** Each after those that it depends on, and among those that could be next the first by name. Throws ToolError `migration` for names that nobody has, and for a circle. */
export function inOrder(migrations: readonly FromFile[]): readonly FromFile[] {
  const names = new Set(migrations.map(({ name }) => name));
  for (const { name, file, dependencies } of migrations) {
    const missing = dependencies.find((dependency) => !names.has(dependency));
    if (missing !== undefined)
      throw new ToolError(
        "migration",
        `${file}: "${name}" depends on "${missing}", which no file registers; name the directory of all of them`,
        { file, missing },
      );
  }
  const done = new Set<string>();
  const ordered: FromFile[] = [];
  let open = migrations.toSorted((a, b) => compare(a.name, b.name));
  while (open.length > 0) {
    const next = open.find(({ dependencies }) => dependencies.every((dependency) => done.has(dependency)));
    if (!next)
      throw new ToolError(
        "migration",
        `${open.map(({ name }) => `"${name}"`).join(", ")} depend on one another in a circle`,
        {
          names: open.map(({ name }) => name),
        },
      );
    done.add(next.name);
    ordered.push(next);
    open = open.filter((each) => each !== next);
  }
  return ordered;
}

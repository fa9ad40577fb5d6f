import type { NewMigration } from "../runtime/new-migration.ts";
import { changeText } from "./change-text.ts";
import type { Outcome } from "./command.ts";
import { isScreen, type Output, painter } from "./output.ts";

/** What `generate` and the commands below it say about their result. */
export function generateOutcome(
  result: NewMigration,
  flags: { readonly color: boolean; readonly check?: boolean | undefined },
  output: Output,
): Outcome {
  for (const warning of result.warnings) output.warn(warning);
  const { source, ...json } = result;
  const changes = changeText(result.operations, painter(flags.color, isScreen(1)));
  if (result.name === null) return { json, text: "no changes", receipt: true };
  if (flags.check) return { json, text: `a migration is needed:\n${changes}`, exitCode: 3 };
  const { more = [] } = result;
  if (result.created === null) {
    const others = more.length === 0 ? "" : `\n// and ${more.map(({ name }) => `${name}.ts`).join(", ")}`;
    return { json, text: `// ${result.name}.ts\n${(source ?? "").trimEnd()}${others}` };
  }
  const created = [result, ...more].map((each) => `created ${each.created}`);
  return { json, text: [...created, changes].filter(Boolean).join("\n"), receipt: true };
}

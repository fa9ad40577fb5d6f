import { expect, test } from "bun:test";
import { definitions } from "../../../src/core/operations/index.ts";
import { planUp } from "../../../src/core/plan/steps.ts";
import { emptySchema } from "../../../src/core/schema/model.ts";
import { splitScript } from "../../../src/core/sql-files/split.ts";
import { dialects } from "../../../src/dialects/registry.gen.ts";
import { migrationOf } from "../../conformance/story.ts";

// What a database lacks must be refused; a comment that takes its place would look like a statement that was carried out.

const empty = ["-- nothing", "/* nothing */", "-- a\n-- b; c\n", " "];

test.each(dialects.map((dialect) => [dialect.title, dialect] as const))(
  "on %s no comment is a statement",
  (_, dialect) => {
    for (const forward of empty) {
      const pending = [migrationOf("0001", [{ kind: "runSQL", forward, backward: "" }])];
      const { steps } = planUp({ pending, before: emptySchema, dialect });
      expect(steps.flatMap(({ actions }) => actions.flatMap(({ commands }) => commands))).toEqual([]);
    }
    let count = 0;
    for (const { kind, examples } of definitions)
      for (const { before, params } of examples) {
        const pending = [migrationOf("0001", [{ kind, ...(params as object) }])];
        const commands = commandsOf(() => planUp({ pending, before, dialect }));
        for (const sql of commands)
          expect({ sql, says: splitScript(sql, dialect.scriptSyntax).length > 0 }).toEqual({ sql, says: true });
        count += commands.length;
      }
    expect(count).toBeGreaterThan(50);
  },
);

/** None where the dialect refuses it. */
function commandsOf(plan: () => ReturnType<typeof planUp>): readonly string[] {
  try {
    const { steps } = plan();
    const commands = steps.flatMap(({ actions }) => actions.flatMap((action) => action.commands));
    return commands.flatMap((command) => (command.kind === "execute" ? command.sql : []));
  } catch {
    return [];
  }
}

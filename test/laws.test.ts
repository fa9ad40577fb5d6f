import { describe, expect, test } from "bun:test";
import { renderStatement } from "../src/core/ddl/render.ts";
import { ToolError } from "../src/core/errors.ts";
import { footprintOf } from "../src/core/footprint/footprint.ts";
import {
  apply,
  applyAll,
  definitions,
  invert,
  lower,
  type Operation,
  parseOperation,
  titleOf,
} from "../src/core/operations/index.ts";
import { collapseRebuilds } from "../src/core/plan/rebuild.ts";
import { canonicalJson, canonicalSchema, parseCanonical } from "../src/core/schema/canonical.ts";
import type { Schema } from "../src/core/schema/model.ts";
import { dialects } from "../src/dialects/registry.gen.ts";

/** Operations that may be applied to their own result; any other must refuse it. */
const repeatable = new Set([
  "moveRows",
  "setTableOptions",
  "replaceView",
  "replaceObject",
  "alterField",
  "setComment",
  "alterNamespace",
  "alterPrimaryKey",
  "runCode",
  "runSQL",
  "setDefaults",
  "setTypeMappings",
  "upsertData",
  "deleteData",
]);

/** Operations whose absence of a way back is meant, by the title of the example. */
const irreversible = (kind: string, title: string) =>
  kind === "deleteData" || (/^run/.test(kind) && title.startsWith("no way back"));

const text = (schema: Schema) => canonicalJson(canonicalSchema(schema));

/** The code of the ToolError that `work` throws; fails when it throws none. */
function codeOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof ToolError) return error.code;
    throw error;
  }
  throw new Error("expected a ToolError");
}

function codeOfRefusal(work: () => unknown): string | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    if (error instanceof ToolError) return error.code;
    throw error;
  }
}

for (const definition of definitions) {
  describe(definition.kind, () => {
    test("documents itself", () => {
      expect(definition.summary).toMatch(/^[A-Z].*\.$/);
      expect(definition.examples.length).toBeGreaterThan(1);
      expect(new Set(definition.examples.map((e) => e.title)).size).toBe(definition.examples.length);
    });

    for (const { title, before, params } of definition.examples) {
      const data = { kind: definition.kind, ...(params as object) };
      const operation = data as unknown as Operation;

      describe(title, () => {
        test("passes its validator and survives JSON", () => {
          expect(parseOperation(data) as unknown).toEqual(data);
          expect(parseOperation(parseCanonical(canonicalJson(data))) as unknown).toEqual(data);
          expect(canonicalJson(parseCanonical(canonicalJson(data)))).toBe(canonicalJson(data));
        });

        test("refuses an unknown parameter", () => {
          expect(codeOf(() => parseOperation({ ...data, unheard: 1 }))).toBe("params");
        });

        test("has a title of one line", () => {
          expect(titleOf(operation)).toMatch(/^[^\n]+$/);
        });

        test("is taken back by its inverse", () => {
          const after = apply(before, operation);
          const inverse = invert(operation, before);
          expect(inverse === undefined).toBe(irreversible(definition.kind, title));
          if (inverse) expect(text(applyAll(after, inverse))).toBe(text(before));
          for (const part of inverse ?? []) expect(parseOperation(part)).toEqual(part);
        });

        test("applies twice only where that makes sense", () => {
          const after = apply(before, operation);
          if (repeatable.has(definition.kind)) expect(text(apply(after, operation))).toBe(text(after));
          else expect(codeOf(() => apply(after, operation))).toBe("state");
        });

        test("says what it changes", () => {
          const { writes } = footprintOf(operation, before);
          const after = apply(before, operation);
          const does = dialects.some((dialect) => lower(operation, { before, after, dialect }).length > 0);
          expect(writes.length > 0 || (!does && text(after) === text(before))).toBe(true);
        });

        test("leaves what it was given alone", () => {
          const copy = structuredClone(before);
          apply(before, operation);
          expect(before).toEqual(copy);
        });

        for (const dialect of dialects) {
          test(`renders both ways on ${dialect.title}`, () => {
            const after = apply(before, operation);
            const inverse = invert(operation, before) ?? [];
            let here = before;
            for (const part of [operation, ...inverse]) {
              const next = apply(here, part);
              const context = { before: here, after: next, dialect };
              const statements = collapseRebuilds(lower(part, context), context);
              for (const statement of statements) {
                // What a database does not have, or cannot be called there, is refused by name.
                const refused = codeOfRefusal(() => renderStatement(statement, dialect));
                if (refused !== undefined) expect(["unsupported", "params"]).toContain(refused);
                else expect(renderStatement(statement, dialect).length).toBeGreaterThan(0);
              }
              here = next;
            }
            expect(text(inverse.length > 0 ? here : after)).toBe(text(inverse.length > 0 ? before : after));
          });
        }
      });
    }
  });
}

test("there is a dialect to hold the laws against", () => {
  expect(dialects.map((d) => d.name)).toEqual(expect.arrayContaining(["postgresql", "sqlite"]));
});

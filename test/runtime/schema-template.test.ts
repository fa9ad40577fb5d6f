import { expect, test } from "bun:test";
import { diff } from "../../src/core/diff/index.ts";
import { planUp } from "../../src/core/plan/steps.ts";
import { emptySchema } from "../../src/core/schema/model.ts";
import { dialects } from "../../src/dialects/registry.gen.ts";
import { parseSchema } from "../../src/runtime/schema-files.ts";
import { schemaTemplateFor } from "../../src/runtime/schema-template.ts";
import { migrationOf } from "../conformance/story.ts";

const without = ["clickhouse", "redshift", "starrocks", "vertica", "ydb"];

test.each(dialects.map((dialect) => [dialect.title, dialect] as const))(
  "what a new project declares can be made on %s",
  (_, dialect) => {
    const text = schemaTemplateFor(dialect);
    const { operations } = diff(emptySchema, parseSchema(text).schema);
    const { steps } = planUp({ pending: [migrationOf("0001_initial", operations)], before: emptySchema, dialect });
    expect(steps.length).toBeGreaterThan(0);
    expect(text).toMatch(/^# .*\ntables:\n {2}- name: users\n/);
    expect(text.includes("unique: true")).toBe(!without.includes(dialect.name));
  },
);

import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { type Bench, godwit } from "../bench.ts";
import { outputOf } from "../measure.ts";
import { createProject, writeWideSchema } from "../stage.ts";

const TABLES = 500;

/** Schema and migrations of many tables, of which one has got a new field. */
export const generate: readonly Bench[] = (["warm", "cold"] as const).map((cache) => ({
  name: `generate-${TABLES}-${cache}`,
  what: `\`generate\`, ${TABLES} tables, one changed, ${cache}`,
  hold: cache === "warm" ? { ms: 300 } : {},
  subjects: async (stage) => {
    const project = createProject(stage, `generate-${cache}`);
    writeWideSchema(project, TABLES);
    await outputOf(project.godwit(["generate"]));
    const [first] = readdirSync(project.migrations);
    writeWideSchema(project, TABLES, "      - { name: extra, type: text }\n");
    const prepare = (): void => {
      for (const file of readdirSync(project.migrations)) if (file !== first) rmSync(join(project.migrations, file));
      if (cache === "cold") project.dropCache();
    };
    await outputOf(project.godwit(["generate"], { prepare }));
    return [godwit(project.godwit(["generate"], { prepare }))];
  },
}));

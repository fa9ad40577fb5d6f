import { expect, test } from "bun:test";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres from "../../src/dialects/postgres/dialect.ts";
import { loadProject } from "../../src/runtime/config.ts";
import { init } from "../../src/runtime/tasks/init.ts";

const emptyFolder = () => mkdtempSync(join(tmpdir(), "godwit-init-"));

async function configAfter(options: Parameters<typeof init>[1]): Promise<string> {
  const folder = emptyFolder();
  await init(loadProject({}, {}, folder), options);
  return await Bun.file(join(folder, "godwit.yaml")).text();
}

test("a URL without a secret is written down, one with a password is not", async () => {
  expect(await configAfter({ url: "sqlite:old db.sqlite" })).toContain('url: "sqlite:old db.sqlite"');
  const config = await configAfter({ url: "postgres://me:hunter2@db/shop", dialect: postgres });
  expect(config).not.toContain("hunter2");
  expect(config).toContain("url: ${DATABASE_URL}");
});

test("nothing of the author's is overwritten, and what godwit wrote itself is renewed", async () => {
  const folder = emptyFolder();
  const project = loadProject({}, {}, folder);
  await init(project);
  await Bun.write(join(folder, "schema/schema.yaml"), "tables: []\n");
  await Bun.write(join(folder, "migrations/godwit.d.ts"), "export {};\n");
  const again = await init(loadProject({}, {}, folder));
  expect(again).toEqual({
    created: [],
    updated: ["migrations/godwit.d.ts"],
    kept: ["godwit.yaml", "schema/schema.yaml"],
  });
  expect(await Bun.file(join(folder, "schema/schema.yaml")).text()).toBe("tables: []\n");
});

test("a schema path that is a file is that file", async () => {
  const folder = emptyFolder();
  const { created } = await init(loadProject({ schema: ["db/tables.yaml"] }, {}, folder));
  expect(created).toContain("db/tables.yaml");
});

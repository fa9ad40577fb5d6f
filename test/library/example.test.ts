import { afterAll, beforeAll, expect, test } from "bun:test";
import { cpSync } from "node:fs";
import { join } from "node:path";
import { nodeWithSqlite } from "../helpers/node-with-sqlite.ts";
import { type InstalledProject, installLibrary } from "./installed.ts";

// examples/start-up, as somebody would run it who has copied it.

let project: InstalledProject;
beforeAll(async () => {
  project = await installLibrary();
  cpSync(join(import.meta.dir, "../../examples/start-up"), project.directory, { recursive: true });
}, 60_000);
afterAll(() => project.dispose());

test("the example starts in Bun on an empty place, and in Node on what Bun left", async () => {
  const first = await project.run([process.execPath, "main.ts", "buy milk"]);
  expect(first).toEqual({ exitCode: 0, stderr: "", stdout: "applied 0001_notes\napplied 0002_pinned\n1 buy milk\n" });
  const second = await project.run([nodeWithSqlite(), "--no-warnings", "main.ts", "water the plants"]);
  expect(second).toEqual({ exitCode: 0, stderr: "", stdout: "1 buy milk\n2 water the plants\n" });
}, 60_000);

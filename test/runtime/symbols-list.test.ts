import { afterEach, expect, test } from "bun:test";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { listSymbols } from "../../src/runtime/tasks/symbols-list.ts";
import { createTracks, type TrackProject } from "../helpers/track-project.ts";

let project: TrackProject;
afterEach(() => project.dispose());

test("with several tracks, all are shown: what they share once, with who uses it in which track", async () => {
  project = await createTracks("sqlite", "name: core", "name: vector");
  const module =
    'import { slug } from "godwit/text";\nimport { migration } from "godwit";\nexport default migration({ operations: [] });\nvoid slug;\n';
  for (const track of project.load().tracks ?? []) {
    mkdirSync(track.migrationsDir, { recursive: true });
    writeFileSync(join(track.migrationsDir, `0001_${track.name}.ts`), module);
  }
  const of = async (track?: string) =>
    (await listSymbols(project.load(track))).symbols.filter(({ name }) => name === "godwit/text");
  expect(await of()).toMatchObject([{ kind: "built-in", used_by: ["core/0001_core", "vector/0001_vector"] }]);
  expect(await of("vector")).toMatchObject([{ used_by: ["0001_vector"] }]);
  expect((await listSymbols(project.load())).symbols.map(({ name }) => name)).toEqual(
    (await listSymbols(project.load("core"))).symbols.map(({ name }) => name),
  );
});

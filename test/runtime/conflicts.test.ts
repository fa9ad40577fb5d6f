import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import type { RunEvent } from "../../src/runtime/events.ts";
import { down } from "../../src/runtime/tasks/down.ts";
import { plan } from "../../src/runtime/tasks/plan.ts";
import { redo } from "../../src/runtime/tasks/redo.ts";
import { up } from "../../src/runtime/tasks/up.ts";
import { createProject, type TestProject } from "../helpers/migration-project.ts";
import { rejectionOf } from "../helpers/tool-error.ts";

const table = `createTable({ name: "t", fields: [{ name: "id", type: "integer", primaryKey: true }, { name: "n", type: "text", nullable: true }] })`;
const field = (name: string): string =>
  `addField({ table: "t", field: { name: "${name}", type: "text", nullable: true } })`;
const fill = (value: string): string =>
  `runSQL({ forward: "UPDATE t SET n = '${value}'", backward: "", touches: ["t.n"] })`;
const after = { dependencies: ["0001_t"] };

let project: TestProject;
beforeEach(async () => {
  project = await createProject("sqlite");
  project.write("0001_t", table);
});
afterEach(() => project.dispose());

const listened = (): { readonly warnings: string[]; readonly onEvent: (event: RunEvent) => void } => {
  const warnings: string[] = [];
  return { warnings, onEvent: (event) => event.type === "warning" && warnings.push(event.message) };
};

/** Two that want the same field to be something else. */
function fork(): void {
  project.write("0002_a", fill("a"), after);
  project.write("0002_b", fill("b"), after);
}

describe("branches that conflict", () => {
  test("are not applied, nor planned, and the error says which they are, why, and what there is to do", async () => {
    fork();
    for (const run of [() => up(project), () => up(project, { dryRun: true }), () => plan(project)]) {
      const error = await rejectionOf(run());
      expect(error.code).toBe("graph");
      expect(error.message).toContain('"0002_a" and "0002_b" conflict over field "n" of "t"\nnothing was run; ');
      expect(error.message).toContain("`godwit generate --merge --order 0002_a,0002_b`");
      expect(error.message).toContain("`godwit migrate renumber`");
      expect(error.data["conflicts"]).toMatchObject([{ migrations: ["0002_a", "0002_b"] }]);
    }
    expect(await project.withDatabase(({ driver }) => driver.query("SELECT 1 FROM sqlite_schema"))).toEqual([]);
  });

  test("are applied by name where that is wanted, with a warning", async () => {
    fork();
    const { warnings, onEvent } = listened();
    expect((await up(project, { allowConflicts: true, onEvent })).applied).toEqual(["0001_t", "0002_a", "0002_b"]);
    expect(warnings[0]).toBe('"0002_a" and "0002_b" conflict over field "n" of "t"');
    expect(warnings[1]).toContain("they run as they come, by name; say which runs first with");
  });

  test("may be applied one by one as far as one is named, and what is applied first is first in the advice", async () => {
    fork();
    expect((await up(project, { to: "0002_b" })).applied).toEqual(["0001_t", "0002_b"]);
    const error = await rejectionOf(up(project));
    expect(error.message).toContain("--order 0002_b,0002_a");
    project.write("0003_merge", "", { dependencies: ["0002_b", "0002_a"] });
    expect((await up(project)).applied).toEqual(["0002_a", "0003_merge"]);
  });

  test("are nobody's business where they are applied already", async () => {
    fork();
    await up(project, { allowConflicts: true });
    expect(await up(project)).toEqual({ applied: [] });
    project.write("0003_more", field("more"), { dependencies: ["0002_a"] });
    expect((await up(project)).applied).toEqual(["0003_more"]);
    project.write("0004_again", fill("c"), { dependencies: ["0003_more"] });
    expect((await rejectionOf(up(project))).message).toContain('"0002_b" and "0004_again" conflict');
  });

  test("are no reason to leave one as it is that stopped half-way", async () => {
    project.write("0002_a", fill("a"), after);
    const stops = `${fill("b")}, runSQL({ forward: "INSERT INTO missing VALUES (1)", backward: "", touches: ["t.n"] })`;
    project.write("0002_b", stops, { ...after, transaction: false });
    await up(project, { to: "0002_a" });
    await rejectionOf(up(project, { allowConflicts: true }));
    await project.withDatabase(({ driver }) => driver.execute("CREATE TABLE missing (id INTEGER)"));
    expect((await up(project)).applied).toEqual(["0002_b"]);
  });
});

describe("a rollback", () => {
  test("of one branch is refused while the other, which came later, is about the same", async () => {
    fork();
    await up(project, { to: "0002_b" });
    await up(project, { allowConflicts: true });
    for (const run of [() => down(project), () => redo(project)]) {
      const error = await rejectionOf(run());
      expect(error.code).toBe("graph");
      expect(error.message).toContain('"0002_a" was applied after "0002_b" and is about the same: field "n" of "t"');
      expect(error.data["clashes"]).toEqual([
        { rolled_back: "0002_b", stays: "0002_a", objects: ['field "n" of "t"'] },
      ]);
    }
    const { warnings, onEvent } = listened();
    expect((await down(project, { allowConflicts: true, onEvent })).rolled_back).toEqual(["0002_b"]);
    expect(warnings).toEqual(['"0002_a" was applied after "0002_b" and is about the same: field "n" of "t"']);
  });

  test("is not, of the one that came last, of both, and of what touches something else", async () => {
    fork();
    await up(project, { allowConflicts: true });
    expect((await redo(project)).applied).toEqual(["0002_b"]);
    expect((await down(project, { steps: 2 })).rolled_back).toEqual(["0002_b", "0002_a"]);
    project.write("0002_b", field("b"), after);
    await up(project, { to: "0002_b" });
    await up(project);
    expect((await down(project)).rolled_back).toEqual(["0002_b"]);
  });

  test("is looked at in merged branches too", async () => {
    project.write("0002_a", fill("a"), after);
    project.write("0002_b", field("b"), after);
    project.write("0003_b", fill("b"), { dependencies: ["0002_b"] });
    project.write("0004_merge", "", { dependencies: ["0003_b", "0002_a"] });
    await up(project);
    expect((await rejectionOf(down(project, { to: "0002_b" }))).message).toContain(
      '"0002_a" was applied after "0003_b"',
    );
    expect((await down(project, { steps: 3 })).rolled_back).toEqual(["0004_merge", "0002_a", "0003_b"]);
  });
});

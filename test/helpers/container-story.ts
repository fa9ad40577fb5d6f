import { expect } from "bun:test";
import type { BareRoot } from "./bare-root.ts";

/** One that makes a table and a row, in TypeScript. */
export const migration = `import { createTable, migration, runSQL } from "godwit";

export default migration({
  operations: [
    createTable({ name: "a", fields: [{ name: "id", type: "integer", primaryKey: true }] }),
    runSQL({ forward: "INSERT INTO a (id) VALUES (1)", backward: "DELETE FROM a" }),
  ],
});
`;

/** `migration`, which lies there as `0001_a.ts`: up, again, down, each as a process of its own in that root. */
export async function containerStory(bare: BareRoot, url: string): Promise<void> {
  const env = { DATABASE_URL: url };
  const up = await bare.run(["migrate", "up"], env);
  expect(up).toEqual({
    stdout: "1 migration applied\n",
    stderr: expect.stringMatching(/^applied 0001_a /),
    exitCode: 0,
  });
  const status = await bare.run(["migrate", "status", "--json"], env);
  expect(JSON.parse(status.stdout)).toMatchObject({ applied: 1, pending: 0 });
  expect((await bare.run(["migrate", "up"], env)).stdout).toBe("nothing to apply\n");
  const doctor = JSON.parse((await bare.run(["doctor", "--json"], env)).stdout);
  expect(doctor.checks.filter(({ state }: { readonly state: string }) => state !== "ok")).toEqual([
    expect.objectContaining({ name: "cache", state: "warning" }),
  ]);
  expect((await bare.run(["migrate", "down"], env)).exitCode).toBe(0);
}

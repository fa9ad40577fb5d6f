import { expect, test } from "bun:test";
import { join } from "node:path";
import { openSession } from "../helpers/script-session.ts";

const tsc = join(import.meta.dir, "../../node_modules/.bin/tsc");

test("a project made by init and generate type-checks with plain tsc, nothing installed; a misspelt key does not", async () => {
  const session = await openSession("sqlite");
  try {
    const check = () =>
      session.run(`PATH="$PATH:${join(process.execPath, "..")}" "${tsc}" --pretty false -p migrations`);
    await session.run(
      "godwit init && cp $REPOSITORY/test/fixtures/all-types/schema.yaml schema/schema.yaml && godwit generate",
    );
    expect((await session.run("ls migrations")).stdout).toContain("0001_");
    expect(await check()).toEqual({ stdout: "", stderr: "", exitCode: 0 });
    await session.run("sed -i '0,/primaryKey/s//primaryKye/' migrations/0001_*.ts");
    const { stdout, exitCode } = await check();
    expect(exitCode).not.toBe(0);
    expect(stdout).toMatch(/^migrations\/0001_\w+\.ts\(\d+,\d+\): error TS\d+: .*'primaryKye'/);
  } finally {
    await session.end();
  }
});

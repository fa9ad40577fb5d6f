import { expect, test } from "bun:test";
import { checkEnd, checkTruth, undisturbed } from "./check.ts";
import { type OwnServer, startOwnMariadb, startOwnPostgres } from "./own-server.ts";
import { type Engine, storyOf } from "./story.ts";
import { createCrashProject } from "./supervisor.ts";

const servers: readonly (readonly [Engine, () => Promise<OwnServer>])[] = [
  ["postgresql", startOwnPostgres],
  ["mariadb", startOwnMariadb],
];

/** Lines of the log after which the server dies, each time it is up again. */
const moments = [6, 20, 25, 8];

for (const [engine, open] of servers) {
  test(`${engine}: the server is killed ${moments.length} times while migrate up runs: each run says so, status is the truth, the next run goes on`, async () => {
    let deaths = 0;
    // Where the tests have to wait for their turn, a run may be done before it is stopped; that is checked, and then all begins again.
    for (let tries = 0; tries < 5 && deaths < moments.length; tries++) deaths = await dyingWhileItRuns(engine, open);
    expect(deaths).toBe(moments.length);
  }, 180_000);
}

/** How many times the server was gone before a run was done. */
async function dyingWhileItRuns(engine: Engine, open: () => Promise<OwnServer>): Promise<number> {
  const project = await createCrashProject(storyOf(engine));
  const server = await open();
  let deaths = 0;
  try {
    const known = await undisturbed(engine, project);
    for (const lines of moments) {
      const run = project.up(server.url);
      await run.lines(lines);
      // Or it may be done before the server is gone.
      run.kill("SIGSTOP");
      await server.kill();
      run.kill("SIGCONT");
      const { exitCode, error, log } = await run.ended();
      await server.restart();
      if (exitCode === 0) break;
      expect({ exitCode, error }).toMatchObject({ exitCode: 1, error: { code: "connect" } });
      expect(error?.message).toMatch(/the connection to 127\.0\.0\.1:\d+ was lost/);
      await checkTruth(known, server.url, log);
      deaths++;
    }
    const { exitCode, log } = await project.up(server.url).ended();
    expect({ exitCode, log }).toMatchObject({ exitCode: 0 });
    await checkEnd(known, server.url, true, "after all deaths");
    return deaths;
  } finally {
    await server.stop();
    project.dispose();
  }
}

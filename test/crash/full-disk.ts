import { rmSync, statfsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { checkEnd, checkTruth, undisturbed } from "./check.ts";
import { openOwn } from "./own-database.ts";
import { type Engine, storyOf } from "./story.ts";
import { createCrashProject } from "./supervisor.ts";

// Carries out the story on a disk that has room for less than it needs, then for a bit more, until all of it is done. Runs in a mount
// namespace of its own, so that nothing stays mounted; prints what each run said as JSON.

const [engine, disk, size = 0, ...rooms] = readArguments();

const mounted = Bun.spawnSync(["mount", "-t", "tmpfs", "-o", `size=${size},mode=0777`, "godwit", disk]);
if (mounted.exitCode !== 0) throw new Error(`no small disk can be made: ${mounted.stderr}`);
const ballast = join(disk, "ballast");
const project = await createCrashProject(storyOf(engine));
const known = await undisturbed(engine, project);
const database = await openOwn(engine, disk);
const said: (string | undefined)[] = [];
for (const room of rooms) {
  fillUpTo(room);
  const { exitCode, error, log } = await project.up(database.url).ended();
  rmSync(ballast);
  await database.recovered();
  await checkTruth(known, database.url, log);
  said.push(exitCode === 0 ? undefined : error?.message);
}
const { exitCode, log } = await project.up(database.url).ended();
if (exitCode !== 0) throw new Error(`with all the space there is:\n${log}`);
await checkEnd(known, database.url, false, "at the end");
await database.close();
project.dispose();
process.stdout.write(`${JSON.stringify(said)}\n`);
process.exit();

function fillUpTo(room: number): void {
  const { bavail, bsize } = statfsSync(disk);
  writeFileSync(ballast, Buffer.alloc(Math.max(0, bavail * bsize - room)));
}

/** The engine, the folder where the disk is to be, its size in bytes, and how many of them are free in each run. */
function readArguments(): readonly [Engine, string, ...number[]] {
  const [name, folder = "", ...numbers] = process.argv.slice(2);
  return [name as Engine, folder, ...numbers.map(Number)];
}

import { expect, test } from "bun:test";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseScript, printOutcome, rewriteScript, type Script, type StepOutcome } from "../helpers/script.ts";
import { openSession } from "../helpers/script-session.ts";

// Each file here is a session at a terminal (test/helpers/script.ts describes the form) with the compiled executable.
// GODWIT_TEST_UPDATE=1 writes what the commands print now into the files.

const update = process.env["GODWIT_TEST_UPDATE"] === "1";
const names = readdirSync(import.meta.dir).filter((file) => file.endsWith(".txt"));

test("there are sessions", () => expect(names.length).toBeGreaterThanOrEqual(25));

for (const name of names) {
  const path = join(import.meta.dir, name);
  const text = readFileSync(path, "utf8");
  const script = parseScript(text);
  for (const database of script.databases) {
    test(`${name} on ${database}`, async () => {
      const outcomes = await play(script, database);
      if (update && database === script.databases[0]) writeFileSync(path, rewriteScript(text, outcomes));
      else expect(transcript(script, outcomes)).toEqual(transcript(script));
    }, 60_000);
  }
}

async function play({ steps, files }: Script, database: string): Promise<readonly StepOutcome[]> {
  const session = await openSession(database, files);
  try {
    const outcomes: StepOutcome[] = [];
    for (const { command } of steps) outcomes.push(await session.run(command));
    return outcomes;
  } finally {
    await session.end();
  }
}

/** Commands and outcomes as in the file, so that a difference reads like one. */
const transcript = ({ steps }: Script, outcomes?: readonly StepOutcome[]): readonly string[] =>
  steps.flatMap(({ command, outcome }, i) => [`$ ${command}`, ...printOutcome(outcomes?.[i] ?? outcome)]);

import { expect } from "bun:test";
import * as fc from "fast-check";
import { titleOf } from "../../src/core/operations/index.ts";
import { writeYaml } from "../../src/runtime/schema-files.ts";
import { type Case, cases } from "./arbitrary.ts";
import { type Change, changeOf } from "./change.ts";
import type { Traits } from "./outline.ts";
import { isRefusal } from "./refusals.ts";

/** A run of random cases: how many, and from where. `GODWIT_TEST_SEED=seed[:path]` plays a failure again. */
interface Run {
  readonly traits: Traits;
  readonly count: number;
  readonly seed?: number;
}

const [seedGiven, pathGiven] = /^(-?\d+)(?::(.*))?$/.exec(process.env["GODWIT_TEST_SEED"] ?? "")?.slice(1) ?? [];

/** Plays random cases; rejects with the smallest one for which `play` does not hold, as YAML. */
export async function forAll(
  { traits, count, seed }: Run,
  play: (change: Change, test: Case) => Promise<void> | void,
): Promise<void> {
  const property = fc.asyncProperty(cases(traits), async (each) => {
    const change = changeUnlessRefused(each, traits);
    if (change) await play(change, each);
    else refused++;
  });
  let refused = 0;
  const from = seedGiven === undefined ? (seed ?? drawn(traits)) : Number(seedGiven);
  const details = await fc.check(property, {
    numRuns: count,
    seed: from,
    ...(pathGiven !== undefined && { path: pathGiven }),
  });
  if (details.failed) throw new Error(reportOf(details, traits), { cause: details.errorInstance });
  expect(refused).toBeLessThan(Math.max(count / 20, 2));
}

/** A run that is killed or hangs can be played again, too. */
function drawn({ dialect }: Traits): number {
  const seed = crypto.getRandomValues(new Int32Array(1))[0] ?? 0;
  process.stderr.write(`random changes on ${dialect}: GODWIT_TEST_SEED=${seed}\n`);
  return seed;
}

/** Nothing where no migration leads there, for one of the known reasons. */
function changeUnlessRefused(each: Case, traits: Traits): Change | undefined {
  try {
    return changeOf(each, traits);
  } catch (error) {
    if (isRefusal(error)) return undefined;
    throw error;
  }
}

function reportOf(details: fc.RunDetails<[Case]>, traits: Traits): string {
  const [smallest] = details.counterexample ?? [];
  const again = `GODWIT_TEST_SEED=${details.seed}:${details.counterexamplePath?.split(":")[0]}`;
  const head = `does not hold after ${details.numRuns} cases, made smaller ${details.numShrinks} times; ${again} plays it again`;
  const { errorInstance } = details;
  const error =
    errorInstance instanceof Error
      ? `${errorInstance.message}\n${errorInstance.stack?.split("\n").slice(1, 6).join("\n")}`
      : String(errorInstance);
  return smallest ? [head, ...described(smallest, traits), "", error].join("\n") : head;
}

function described(smallest: Case, traits: Traits): readonly string[] {
  try {
    const { from, to, answers, operations } = changeOf(smallest, traits);
    return [
      `\n--- from, with ${smallest.rows} rows in each table`,
      writeYaml(from.schema),
      `--- to, with renames ${JSON.stringify(answers.renames)}`,
      writeYaml(to.schema),
      "--- operations",
      ...operations.map((operation) => `${titleOf(operation)}: ${JSON.stringify(operation)}`),
    ];
  } catch (error) {
    return [`no change can be made of it (${error}): ${JSON.stringify(smallest)}`];
  }
}

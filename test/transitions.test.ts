import { afterAll, describe, expect, test } from "bun:test";
import { type Outcome, openStage, type Stage } from "./helpers/transition-story.ts";
import { loadTransitions, transitionDialects } from "./helpers/transitions.ts";

/** Shows what became of each one that did not converge; `TRANSITIONS` names those to play, as a regular expression. */
const only = new RegExp(process.env["TRANSITIONS"] ?? "");

for (const dialect of transitionDialects) {
  const transitions = loadTransitions(dialect).filter(({ name, feature }) =>
    only.test(`${dialect} ${feature}: ${name}`),
  );
  describe(`transitions on ${dialect}`, () => {
    const outcomes: Outcome[] = [];
    let opened: Promise<Stage> | undefined;
    for (const transition of transitions) {
      test(`${transition.feature}: ${transition.name}`, async () => {
        opened ??= openStage(dialect);
        const outcome = await (await opened).play(transition);
        outcomes.push(outcome);
        const expected =
          transition.known !== undefined ? "failed" : transition.refused !== undefined ? "refused" : "converged";
        expect(outcome.reason === undefined ? outcome.result : `${outcome.result}: ${outcome.reason}`).toStartWith(
          expected,
        );
      }, 20_000);
    }
    afterAll(async () => {
      await (await opened)?.close();
      if (outcomes.length > 0) process.stdout.write(`${tableOf(dialect, outcomes)}\n`);
    });
  });
}

test("each transition has a name of its own", () => {
  const names = transitionDialects.flatMap((dialect) =>
    loadTransitions(dialect).map(({ feature, name }) => `${dialect} ${feature}: ${name}`),
  );
  expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
});

/** How many of each feature came to what. */
function tableOf(dialect: string, outcomes: readonly Outcome[]): string {
  const results = ["converged", "refused", "failed"] as const;
  const row = (name: string, of: readonly Outcome[]): string =>
    [
      name.padEnd(24),
      ...results.map((result) => String(of.filter((o) => o.result === result).length).padStart(10)),
    ].join("");
  const features = Map.groupBy(outcomes, ({ transition }) => transition.feature);
  return [
    `\n${dialect.padEnd(24)}${results.map((result) => result.padStart(10)).join("")}`,
    ...[...features].map(([feature, of]) => row(feature, of)),
    row("all", outcomes),
  ].join("\n");
}

import { afterAll, describe, expect, test } from "bun:test";
import { mysqlIsHere } from "../helpers/mysql-server.ts";
import { lanesOf } from "../helpers/transition-lanes.ts";
import type { Outcome } from "../helpers/transition-story.ts";
import {
  allAreWanted,
  loadTransitions,
  type Transition,
  type TransitionDialect,
  transitionDialects,
} from "../helpers/transitions.ts";

/** Shows what became of each one that did not converge; `TRANSITIONS` names those to play, as a regular expression. */
const only = new RegExp(process.env["TRANSITIONS"] ?? "");

/** Of so many, one is played unless all are asked for: where a database is much like another one that plays all of them, or takes long. */
const oneOf: Readonly<Partial<Record<TransitionDialect, number>>> = { turso: 5, clickhouse: 3, mysql: 3 };

describe("transitions", () => {
  const outcomes: Outcome[] = [];
  const lanes = new Map(transitionDialects.map((dialect) => [dialect, lanesOf(dialect)]));
  for (const transition of mixed(transitionDialects.map(chosen))) {
    const { dialect, feature, name, known, refused, except } = transition;
    const title = `on ${dialect}: ${feature}: ${name}`;
    const play = async (): Promise<void> => {
      const outcome = await lanes.get(dialect)?.play(transition);
      if (!outcome) throw new Error(`nothing plays ${dialect}`);
      outcomes.push(outcome);
      const expected = known !== undefined ? "failed" : refused !== undefined ? "refused" : "converged";
      expect(outcome.reason === undefined ? outcome.result : `${outcome.result}: ${outcome.reason}`).toStartWith(
        expected,
      );
    };
    const why = except[dialect];
    if (why === undefined) test.concurrent(title, play, 60_000);
    else test.skip(`${title} (${why})`, play);
  }
  afterAll(async () => {
    for (const [dialect, { close }] of lanes) {
      await close();
      const of = outcomes.filter(({ transition }) => transition.dialect === dialect);
      if (of.length > 0) process.stdout.write(`${tableOf(dialect, of)}\n`);
    }
  });
});

test("each transition has a name of its own", () => {
  const names = transitionDialects.flatMap((dialect) =>
    loadTransitions(dialect).map(({ feature, name }) => `${dialect} ${feature}: ${name}`),
  );
  expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
});

function chosen(dialect: TransitionDialect): readonly Transition[] {
  if (dialect === "mysql" && !mysqlIsHere()) return [];
  const all = loadTransitions(dialect).filter(({ name, feature }) => only.test(`${dialect} ${feature}: ${name}`));
  const every = allAreWanted ? 1 : (oneOf[dialect] ?? 1);
  return all.filter((_, i) => i % every === 0);
}

/** Some of each list all along, so that one database works while another is waited for. */
const mixed = <T>(lists: readonly (readonly T[])[]): readonly T[] =>
  lists
    .flatMap((list) => list.map((item, i) => ({ item, at: i / list.length })))
    .toSorted((a, b) => a.at - b.at)
    .map(({ item }) => item);

/** How many of each feature came to what. */
function tableOf(dialect: string, outcomes: readonly Outcome[]): string {
  const results = ["converged", "refused", "failed"] as const;
  const row = (name: string, of: readonly Outcome[]): string =>
    [
      name.padEnd(24),
      ...results.map((result) => String(of.filter((o) => o.result === result).length).padStart(10)),
    ].join("");
  const ordered = outcomes.toSorted((a, b) => (a.transition.feature < b.transition.feature ? -1 : 1));
  const features = Map.groupBy(ordered, ({ transition }) => transition.feature);
  return [
    `\n${dialect.padEnd(24)}${results.map((result) => result.padStart(10)).join("")}`,
    ...[...features].map(([feature, of]) => row(feature, of)),
    row("all", outcomes),
  ].join("\n");
}

import { describe, expect, test } from "bun:test";
import type { ToolError } from "../../../src/core/errors.ts";
import { buildGraph } from "../../../src/core/plan/graph.ts";
import { resolveMigration, resolveReference } from "../../../src/core/plan/reference.ts";
import { migrationOf } from "../../conformance/story.ts";

const line = [
  migrationOf("0001_initial", []),
  migrationOf("0002_users", [], ["0001_initial"]),
  migrationOf("0003_posts", [], ["0002_users"]),
  migrationOf("0004_tags", [], ["0003_posts"]),
];
const graph = buildGraph(line);
const state = { applied: line.slice(0, 2), pending: line.slice(2) };
const fork = buildGraph([...line, migrationOf("0003_pages", [], ["0002_users"])]);

const nameOf = (text: string, context: Parameters<typeof resolveReference>[1] = { graph, state }): string => {
  const found = resolveReference(text, context);
  return found === "base" ? "base" : found.name;
};

function errorOf(text: string, context: Parameters<typeof resolveReference>[1] = { graph, state }): ToolError {
  try {
    resolveMigration(text, context);
  } catch (error) {
    return error as ToolError;
  }
  throw new Error(`"${text}" leads to a migration`);
}

test.each([
  ["0002_users", "0002_users"],
  ["0002", "0002_users"],
  ["0003_p", "0003_posts"],
  ["head", "0004_tags"],
  ["base", "base"],
  ["+1", "0003_posts"],
  ["+2", "0004_tags"],
  ["-1", "0001_initial"],
  ["-2", "base"],
  ["-0", "0002_users"],
  ["head-1", "0003_posts"],
  ["head-4", "base"],
  ["base+1", "0001_initial"],
  ["0002+1", "0003_posts"],
  ["0003_posts-2", "0001_initial"],
])("%s leads to %s", (text, name) => {
  expect(nameOf(text)).toBe(name);
});

describe("what leads to no one migration says why", () => {
  test.each([
    ["000", /begin: "0001_initial", "0002_users", "0003_posts", "0004_tags"; name one/],
    ["+3", /beyond the end: 2 pending/],
    ["-3", /beyond the beginning: 2 applied/],
    ["head+1", /beyond the end/],
    ["base-1", /beyond the beginning/],
    ["base", /where nothing is applied yet/],
    ["0002_user+s", /there is no migration "0002_user\+s"; did you mean "0002_users"/],
    ["", /there is no migration ""/],
    ["nope-1", /there is no migration "nope"/],
  ])("%s", (text, message) => {
    const error = errorOf(text);
    expect(error.code).toBe("unknown-migration");
    expect(error.message).toMatch(message);
  });

  test("with several heads, and at a fork", () => {
    expect(errorOf("head", { graph: fork }).data["candidates"]).toEqual(["0003_pages", "0004_tags"]);
    expect(errorOf("0002+1", { graph: fork }).message).toContain('comes to a fork: "0003_pages", "0003_posts"');
    expect(nameOf("0003_pages-1", { graph: fork })).toBe("0002_users");
  });

  test("without a database, for what counts from what is applied", () => {
    expect(errorOf("+1", { graph }).message).toContain("no database is asked here");
  });
});

test("a name goes before what it could mean", () => {
  const odd = buildGraph([migrationOf("0001_add", []), migrationOf("0001_add-1", [], ["0001_add"])]);
  expect(nameOf("0001_add-1", { graph: odd })).toBe("0001_add-1");
  expect(nameOf("0001_add", { graph: odd })).toBe("0001_add");
});

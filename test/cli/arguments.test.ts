import { describe, expect, test } from "bun:test";
import { type Parsed, parseArguments } from "../../src/cli/arguments.ts";
import type { Arguments } from "../../src/cli/command.ts";
import { errorOf } from "../helpers/tool-error.ts";

const args = {
  file: { type: "positional", required: false, description: "File" },
  to: { type: "string", description: "Name" },
  format: { type: "enum", options: ["text", "dot"], default: "text", description: "Format" },
  rename: { type: "string", multiple: true, description: "Names" },
  force: { type: "boolean", alias: "f", description: "Force" },
} as const satisfies Arguments;

const parse = (...tokens: readonly string[]): Parsed =>
  parseArguments(tokens, { args, path: "do", below: ["do more"] });
const refused = (...tokens: readonly string[]): string => errorOf(() => parse(...tokens)).message;

describe("the arguments of a command", () => {
  test("may stand anywhere and take their values with = or after them", () => {
    expect(parse("--to=a", "x", "--force").values).toMatchObject({ to: "a", file: "x", force: true });
    expect(parse("x", "--to", "a", "-f").values).toMatchObject({ to: "a", file: "x", force: true });
    expect(parse("--to=").values).toMatchObject({ to: "" });
    expect(parse("--to=--force").values).toMatchObject({ to: "--force" });
    expect(parse("--to", "-1").values).toMatchObject({ to: "-1" });
    expect(parse("--to", "a=b").values).toMatchObject({ to: "a=b" });
  });

  test("keep their types and their defaults", () => {
    expect(parse().values).toMatchObject({ format: "text", rename: [], rest: [] });
    expect(parse("--to", "007").values["to"]).toBe("007");
    expect(parse("--rename", "a:b", "--rename=c:d").values["rename"]).toEqual(["a:b", "c:d"]);
    expect(parse("--no-force").values["force"]).toBe(false);
    expect(parse("--force=false").values["force"]).toBe(false);
    expect(parse("--no-color").flags.color).toBe(false);
    expect(parse().flags).toMatchObject({ color: true });
  });

  test("take words with a hyphen after --", () => {
    expect(parse("--", "--force").values).toMatchObject({ file: "--force" });
    expect(parse("--", "--force").values["force"]).not.toBe(true);
  });

  test("may be written with underscores, as the predecessor wrote some", () => {
    expect(parse("--history_table", "h").flags["history-table"]).toBe("h");
  });

  test("are refused when they are not known, with the nearest", () => {
    expect(refused("--forse")).toBe('unknown flag "--forse"; did you mean "--force"?');
    expect(refused("--zzz")).toBe('unknown flag "--zzz"; --help lists the flags');
    expect(refused("-x")).toBe('unknown flag "-x"; --help lists the flags');
    expect(refused("--file", "x")).toContain('unknown flag "--file"');
    expect(refused("--no-to")).toContain('unknown flag "--no-to"');
  });

  test("are refused when there are too many or too few", () => {
    expect(refused("a", "b")).toBe('unexpected argument "b"; "do" takes only FILE (see --help)');
    expect(refused("--to", "a", "--to", "b")).toBe("--to is given twice");
    expect(refused("--to")).toBe("--to needs a value");
    expect(refused("--to", "--force")).toBe("--to needs a value");
    expect(refused("--force=maybe")).toBe('--force takes no value, but got "maybe"');
    expect(refused("--format", "png")).toBe('--format "png" is not one of text, dot');
  });

  test("of a command without any are taken for a misspelt command below it", () => {
    const error = errorOf(() => parseArguments(["mroe"], { args: {}, path: "do", below: ["do more"] }));
    expect(error.message).toBe('unexpected argument "mroe"; did you mean "do more"?');
    expect(error.data).toEqual({ argument: "mroe", nearest: "do more" });
  });
});

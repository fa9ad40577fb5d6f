import { describe, expect, test } from "bun:test";
import { createHash } from "node:crypto";
import { builtinNames } from "../../sandbox/host/symbols.ts";
import { extraNames } from "../../src/build/extras.ts";
import { evaluate, failure } from "./evaluate.ts";

/** The value of one expression over what a built-in module exports. */
const made = (module: string, names: string, expression: string): Promise<unknown> =>
  evaluate(`import { ${names} } from "godwit/${module}";\nexport default { value: ${expression} };`).then(
    (module) => (module as { readonly value: unknown }).value,
  );

test("the host names all that is bundled", () => {
  expect(builtinNames).toEqual(["godwit", ...extraNames.map((name) => `godwit/${name}`)]);
});

describe("godwit/uuid", () => {
  test("names a thing the same as everybody else does", async () => {
    // The example of RFC 9562, appendix A.4.
    expect(await made("uuid", "namespaces, v5", 'v5("www.example.com", namespaces.dns)')).toBe(
      "2ed6657d-e927-568b-95e1-2665a8aea6a2",
    );
    const ours = await made("uuid", "v5", 'v5("Zoë 🦤", "1b671a64-40d5-491e-99b0-da01ff1f3341")');
    expect(ours).toBe(Bun.randomUUIDv5("Zoë 🦤", "1b671a64-40d5-491e-99b0-da01ff1f3341"));
  });

  test("makes version 7 of what it is given and of nothing else", async () => {
    // The example of RFC 9562, appendix A.6: time 0x017F22E279B0, random 0xCC3, 0x18C4DC0C0C07398F.
    const value = await made("uuid", "v7", 'v7({ time: "2022-02-22T19:22:22Z", seed: "users/1" })');
    expect(value).toBe(await made("uuid", "v7", 'v7({ time: 1645557742000, seed: "users/1" })'));
    expect(value).toMatch(/^017f22e2-79b0-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
    const other = await made("uuid", "v7", 'v7({ time: "2022-02-22T19:22:22Z", seed: "users/2" })');
    expect(other).not.toBe(value);
    expect(await made("uuid", "v7", "v7({ time: 0, random: new Uint8Array(16) })")).toBe(
      "00000000-0000-7000-8000-000000000000",
    );
  });

  test("counts days as the calendar does", async () => {
    const days = ["1970-01-01", "1999-12-31", "2000-02-29", "2024-02-29", "2100-03-01", "9999-12-31"];
    const uuids = await made("uuid", "v7", `${JSON.stringify(days)}.map((time) => v7({ time, seed: "" }))`);
    const expected = days.map((day) => Date.parse(day).toString(16).padStart(12, "0"));
    expect((uuids as readonly string[]).map((uuid) => uuid.replace("-", "").slice(0, 12))).toEqual(expected);
  });

  for (const [what, expression, says] of [
    ["a day that does not exist", 'v7({ time: "2023-02-29", seed: "" })', '"2023-02-29"'],
    ["a time before 1970", 'v7({ time: -1, seed: "" })', "not -1"],
    ["neither seed nor bytes", "v7({ time: 0 })", "either a seed or 16 random bytes"],
    ["too few bytes", "v7({ time: 0, random: new Uint8Array(10) })", "exactly 16"],
    ["a namespace that is no UUID", 'v5("a", "users")', 'not "users"'],
  ] as const) {
    test(`refuses ${what}`, async () => {
      const error = await failure(made("uuid", "v5, v7", expression));
      expect(error.message).toContain(says);
      expect(error.data).toMatchObject({ file: "0001_test.ts", line: 2 });
    });
  }
});

describe("godwit/hash", () => {
  const texts = ["", "abc", "Grüße, 🦤", "x".repeat(1000)];

  test("agrees with Node on texts and bytes", async () => {
    const node = (kind: string) => texts.map((text) => createHash(kind).update(text).digest("hex"));
    const list = JSON.stringify(texts);
    expect(await made("hash", "sha256", `${list}.map(sha256)`)).toEqual(node("sha256"));
    expect(await made("hash", "md5, utf8", `${list}.map((text) => md5(utf8(text)))`)).toEqual(node("md5"));
  });

  test("writes hexadecimal digits and base64, and reads them back", async () => {
    const list = JSON.stringify(texts);
    expect(await made("hash", "hex", `${list}.map(hex)`)).toEqual(
      texts.map((text) => Buffer.from(text).toString("hex")),
    );
    expect(await made("hash", "base64", `${list}.map(base64)`)).toEqual(
      texts.map((text) => btoa(unescape(encodeURIComponent(text)))),
    );
    expect(await made("hash", "base64, fromBase64, fromHex, hex", 'fromBase64(base64(fromHex("00ff10")))')).toEqual(
      Uint8Array.of(0, 255, 16),
    );
  });

  test("refuses what has no bytes", async () => {
    expect((await failure(made("hash", "sha256", 'sha256("\\ud800")'))).message).toContain("surrogate");
    expect((await failure(made("hash", "sha256", "sha256(5 as never)"))).message).toContain("not number");
  });
});

describe("godwit/text", () => {
  test("makes slugs, cases and plain letters", async () => {
    expect(
      await made(
        "text",
        "camelCase, deburr, kebabCase, pascalCase, slugify, snakeCase",
        `[slugify("Crème Brûlée & Co."), slugify("Ärger", { locale: "de" }), slugify("A b", { separator: "_", lower: false }),
          camelCase("first_name"), pascalCase("first name"), snakeCase("firstName"), kebabCase("FirstName"), deburr("Čćž ø")]`,
      ),
    ).toEqual(["creme-brulee-and-co", "aerger", "A_b", "firstName", "FirstName", "first_name", "first-name", "Ccz o"]);
  });
});

describe("godwit/csv", () => {
  test("reads quotes, line ends and comments", async () => {
    const text = '\\ufeffid,name\\r\\n# none\\r\\n1,"a ""b"", c"\\r\\n\\r\\n2,"two\\nlines"\\r\\n';
    expect(
      await made("csv", "parseRecords", `parseRecords("${text.replaceAll('"', '\\"')}", { comment: "#" })`),
    ).toEqual([
      { id: "1", name: 'a "b", c' },
      { id: "2", name: "two\nlines" },
    ]);
    expect(await made("csv", "parseRows", 'parseRows("a;b\\n;\\n", { delimiter: ";" })')).toEqual([
      ["a", "b"],
      ["", ""],
    ]);
  });

  for (const [what, expression, says] of [
    [
      "a row that is too short",
      'parseRecords("a,b\\n1,2\\n3\\n")',
      "row 3 of the CSV text has 1 fields, and the first has 2",
    ],
    ["a column that is there twice", 'parseRecords("a,b,a\\n")', 'two columns "a"'],
    ["a quote that does not end", "parseRows('a,\"b')", "row 1 of the CSV text: "],
    ["two characters between fields", 'parseRows("a", { delimiter: "||" })', "one character each"],
  ] as const) {
    test(`refuses ${what}`, async () => {
      expect((await failure(made("csv", "parseRecords, parseRows", expression))).message).toContain(says);
    });
  }
});

describe("a built-in module", () => {
  test("belongs to one migration: what another does to it is not seen", async () => {
    const spoil = `import { namespaces } from "godwit/uuid";
      (namespaces as { dns: string }).dns = "spoilt"; Array.prototype.map = () => ["spoilt"]; export default { a: namespaces.dns };`;
    expect(await evaluate(spoil)).toEqual({ a: "spoilt" });
    expect(await made("uuid", "namespaces", "namespaces.dns")).toBe("6ba7b810-9dad-11d1-80b4-00c04fd430c8");
  });

  test("can be imported where nothing but data seems to be", async () => {
    const source =
      'import { migration, runSQL } from "godwit";\nimport { sha256 } from "godwit/hash";\n' +
      'export default migration({ operations: [runSQL({ forward: sha256("a"), backward: "" })] });';
    expect(await evaluate(source)).toMatchObject({ operations: [{ forward: expect.stringMatching(/^ca978112/) }] });
  });

  test("is named with all others when it does not exist", async () => {
    const error = await failure(evaluate('import { x } from "godwit/xml";\nexport default { x };'));
    expect(error.message).toBe(
      '0001_test.ts:1:1: there is no module "godwit/xml"; built in are "godwit", "godwit/csv", "godwit/hash", "godwit/text", "godwit/uuid"',
    );
  });
});

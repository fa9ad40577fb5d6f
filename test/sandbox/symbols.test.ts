import { describe, expect, test } from "bun:test";
import type { SymbolMap } from "../../sandbox/host/index.ts";
import { evaluate, failure } from "./evaluate.ts";

const slug =
  "export const slug = (text: string): string => text.toLowerCase().replaceAll(' ', '-');\nexport default slug;";

describe("the symbol map", () => {
  test("a registered module can be imported, also TypeScript and also by another one", async () => {
    const symbols: SymbolMap = {
      slug: { kind: "guest", source: slug },
      "@team/names": {
        kind: "guest",
        source: "import slug from 'slug';\nexport const table = (name: string) => slug(name) + 's';",
      },
    };
    const source = `import { table } from "@team/names";\nimport { slug } from "slug";\nexport default { a: table("Blog Post"), b: slug("A B"), c: (await import("slug")).default("C D") };`;
    expect(await evaluate(source, { symbols })).toEqual({ a: "blog-posts", b: "a-b", c: "c-d" });
  });

  test("a module has the same limits as a migration", async () => {
    const symbols: SymbolMap = { evil: { kind: "guest", source: "export const home = process.env.HOME;" } };
    const error = await failure(evaluate('import { home } from "evil";\nexport default { home };', { symbols }));
    expect(error.message).toContain('"process" is not available');
    const nested: SymbolMap = { evil: { kind: "guest", source: 'export * from "node:fs";' } };
    expect(
      (await failure(evaluate('import * as fs from "evil";\nexport default { ...fs };', { symbols: nested }))).message,
    ).toContain('"node:fs" cannot be imported');
  });

  test("what one evaluation registers is unknown to the next", async () => {
    await evaluate('import { slug } from "slug";\nexport default { a: slug("A") };', {
      symbols: { slug: { kind: "guest", source: slug } },
    });
    const error = await failure(evaluate('import { slug } from "slug";\nexport default { a: slug("A") };'));
    expect(error.message).toBe(
      '0001_test.ts:1:1: module "slug" is not in the symbol map; register it with: godwit symbols add slug',
    );
  });

  test("a source that is not the one that was registered is refused", async () => {
    const integrity = `sha256-${new Bun.CryptoHasher("sha256").update(slug).digest("base64")}`;
    const good: SymbolMap = { slug: { kind: "guest", source: slug, integrity } };
    expect(await evaluate('import s from "slug";\nexport default { a: s("A B") };', { symbols: good })).toEqual({
      a: "a-b",
    });
    const bad: SymbolMap = { slug: { kind: "guest", source: `${slug} `, integrity } };
    expect(await failure(evaluate("export default {};", { symbols: bad }))).toMatchObject({
      code: "config",
      data: { module: "slug" },
    });
  });

  test("names that are built in or that look like paths cannot be registered", async () => {
    for (const name of ["godwit", "./x", "../x", "", "node:fs", "a b", "x/../y"]) {
      const error = await failure(
        evaluate("export default {};", { symbols: { [name]: { kind: "guest", source: "" } } }),
      );
      expect(error.code).toBe("config");
    }
  });

  test("an import of a name that a module does not export says which", async () => {
    const error = await failure(
      evaluate('import { createTabel } from "godwit";\nexport default { a: createTabel({}) };'),
    );
    expect(error.message).toContain("createTabel");
    expect(error.data).toMatchObject({ file: "0001_test.ts" });
  });
});

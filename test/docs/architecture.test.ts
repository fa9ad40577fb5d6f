import { expect, test } from "bun:test";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { layers } from "../helpers/layers.ts";

const root = join(import.meta.dir, "../..");
const read = (path: string): string => readFileSync(join(root, path), "utf8");

const pages = [
  "README.md",
  "CHANGELOG.md",
  "src/README.md",
  "src/dialects/README.md",
  "sandbox/README.md",
  ...[...new Bun.Glob("docs/*.md").scanSync({ cwd: root })].toSorted(),
];

test("docs/architecture.md has the layers that are checked, in their order", () => {
  const [, section = ""] = /\n## Layers\n([\s\S]*?)\n## /.exec(read("docs/architecture.md")) ?? [];
  const rows = [...section.matchAll(/^\| ([\w-]+) \|/gm)].map(([, name]) => name);
  expect(rows).toEqual(["layer", ...layers.map(({ name }) => name)]);
});

test("links between the pages lead somewhere", () => {
  const broken = pages.flatMap((page) =>
    [...read(page).matchAll(/\]\((?!https?:)([^)#]*)(#[^)]*)?\)/g)]
      .filter(([, target = "", anchor]) => !leads(page, target, anchor))
      .map(([link]) => `${page}: ${link}`),
  );
  expect(broken).toEqual([]);
});

test("files that src/README.md and src/dialects/README.md name exist", () => {
  const named = ["src/README.md", "src/dialects/README.md"].flatMap((page) =>
    [...read(page).matchAll(/`((?:core|cli|runtime|build|dialects|test|src)\/[\w/.-]*)`/g)].map(([, path = ""]) =>
      /^(?:src|test)\//.test(path) ? path : `src/${path}`,
    ),
  );
  expect(named.length).toBeGreaterThan(20);
  expect(named.filter((path) => !existsSync(join(root, path)))).toEqual([]);
});

/** Whether a link of a page leads to a file, and to a heading in it if it has an anchor. */
function leads(page: string, target: string, anchor: string | undefined): boolean {
  const path = target === "" ? page : join(dirname(page), target);
  if (!existsSync(join(root, path))) return false;
  if (anchor === undefined) return true;
  const headings = [...read(path).matchAll(/^#+ (.+)$/gm)].map(([, text = ""]) => slug(text));
  return headings.includes(anchor.slice(1));
}

/** As GitHub makes anchors of headings. */
const slug = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\w\- ]/g, "")
    .replaceAll(" ", "-");

import { afterAll, beforeAll, expect, test } from "bun:test";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, Page } from "playwright-core";
import { loadProject } from "../../src/runtime/config.ts";
import { dag } from "../../src/runtime/tasks/dag.ts";
import { type DiagramOptions, diagram } from "../../src/runtime/tasks/diagram.ts";
import { openBrowser } from "../helpers/browser.ts";
import { engineFile } from "../helpers/engines.ts";
import { hundredTables } from "../helpers/hundred-tables.ts";

// What godwit draws, looked at with the eyes of those who will: Chromium, Mermaid, Graphviz.

const folder = mkdtempSync(join(tmpdir(), "godwit-pictures-"));
let browser: Browser;
/** A name that would be markup, script, Mermaid and DOT wherever it were let. */
const HOSTILE = `</svg><script>document.title="had"</script>"]}; click`;

beforeAll(async () => {
  browser = await openBrowser();
}, 120_000);
afterAll(async () => {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
});

const project = async (name: string, files: Iterable<readonly [string, string]>) => {
  const root = join(folder, name);
  for (const directory of ["schema", "migrations"]) mkdirSync(join(root, directory), { recursive: true });
  for (const [file, text] of files) writeFileSync(join(root, file), text);
  writeFileSync(join(root, "godwit.yaml"), "schema: schema\ndatabase: {dialect: postgresql}\n");
  return loadProject({}, {}, root);
};

const migration = (name: string, dependencies: readonly string[]) =>
  [
    `migrations/${name}.ts`,
    `import { migration, runSQL } from "godwit";\nexport default migration({ dependencies: ${JSON.stringify(dependencies)}, operations: [runSQL({ forward: "SELECT 1", backward: "SELECT 1" })] });\n`,
  ] as const;

const hundred = await project("hundred", [
  ...[...hundredTables()].map(([file, text]) => [`schema/${file}`, text] as const),
  migration("0001_a", []),
  migration("0002_left", ["0001_a"]),
  migration("0002_right", ["0001_a"]),
  migration("0003_merge", ["0002_left", "0002_right"]),
]);
const hostile = await project("hostile", [
  [
    "schema/a.yaml",
    JSON.stringify({
      tables: [
        {
          name: HOSTILE,
          comment: HOSTILE,
          fields: [
            { name: "id", type: "integer", primary_key: true, comment: HOSTILE, default: HOSTILE },
            { name: HOSTILE, type: "text" },
          ],
          indexes: [{ name: `i${HOSTILE}`, fields: ["id"], where: HOSTILE }],
        },
        { name: "b", fields: [{ name: "a_id", type: "foreign_key", foreign_key: { table: HOSTILE } }] },
      ],
      views: [{ name: "v", query: `SELECT '${HOSTILE}'` }],
    }),
  ],
]);

const draw = (of: Awaited<ReturnType<typeof project>>, format: DiagramOptions["format"], rest = {}) =>
  diagram(of, { format, of: "schema", ...rest }).then(({ text }) => text);

/** Opens a text as a file; gives the page and everything that it complained about or wanted from elsewhere. */
const open = async (name: string, text: string): Promise<{ readonly page: Page; readonly complaints: string[] }> => {
  const file = join(folder, name);
  writeFileSync(file, text);
  const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
  const complaints: string[] = [];
  page.on("console", (message) => complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("request", (request) => {
    if (!/^(file|data):/.test(request.url())) complaints.push(request.url());
  });
  await page.goto(String(pathToFileURL(file)));
  return { page, complaints };
};

test("the page of a hundred tables has everything inside, is found through, and complains about nothing", async () => {
  const text = await draw(hundred, "html", { title: "A shop" });
  expect(text.length).toBeLessThan(2_000_000);
  const { page, complaints } = await open("hundred.html", text);
  expect(await page.title()).toBe("A shop");
  expect(await page.locator(".entry").count()).toBe(100);
  await page.fill("#search", "  CAMPAIGN_ID contact_id ");
  expect(await page.textContent("#found")).toBe("1 found");
  expect(await page.locator(".entry:visible h3").allTextContents()).toEqual(["campaign_contacts schema/crm.yaml"]);
  expect(await page.locator("nav li[data-for]:visible").count()).toBe(1);
  await page.click(".entry:visible a >> text=contacts");
  expect(await page.locator("#table-contacts").isVisible()).toBe(true);
  expect(await page.locator("#table-contacts").evaluate((e) => Math.round(e.getBoundingClientRect().top))).toBeLessThan(
    100,
  );
  expect(complaints).toEqual([]);
  if (process.env["GODWIT_TEST_UPDATE"]) {
    await page.goto(page.url().replace(/#.*/, ""));
    await page.screenshot({ path: join(import.meta.dir, "../../docs/images/schema-page.png") });
  }
  await page.close();
});

test("names of tables in the picture lead to their descriptions, and the picture grows and shrinks", async () => {
  const { page } = await open("zoom.html", await draw(hundred, "html"));
  const width = () => page.locator("#picture svg").evaluate((svg) => svg.getBoundingClientRect().width);
  const before = await width();
  await page.click("#picture [data-zoom='1.25']");
  expect((await width()) / before).toBeCloseTo(1.25, 2);
  await page.evaluate(
    `document.querySelector("#picture a[href='#table-users'] text").dispatchEvent(new MouseEvent("click", { bubbles: true }))`,
  );
  expect(new URL(page.url()).hash).toBe("#table-users");
  expect(await page.locator("#migrations svg text").allTextContents()).toHaveLength(4);
  await page.close();
});

test("on paper there is no navigation, and what the search has hidden is there", async () => {
  const { page } = await open("paper.html", await draw(hundred, "html"));
  await page.fill("#search", "no such thing");
  await page.emulateMedia({ media: "print" });
  expect(await page.locator("nav").isVisible()).toBe(false);
  expect(await page.locator(".entry:visible").count()).toBe(100);
  expect((await page.pdf({ format: "A4" })).byteLength).toBeGreaterThan(10_000);
  await page.close();
});

test("text in the picture stays inside its table", async () => {
  const { page } = await open("hundred.svg", await draw(hundred, "svg"));
  const outside = await page.evaluate(`
    [...document.querySelectorAll("g")].flatMap((table) => {
      const box = table.querySelector("rect").getBoundingClientRect();
      return [...table.querySelectorAll("text")].filter((text) => {
        const inner = text.getBoundingClientRect();
        return inner.left < box.left || inner.right > box.right || inner.bottom > box.bottom + 1;
      });
    }).length`);
  expect(outside).toBe(0);
  await page.close();
});

test("what names and comments say never becomes markup or script", async () => {
  for (const format of ["html", "svg"] as const) {
    const { page, complaints } = await open(`hostile.${format}`, await draw(hostile, format));
    expect(await page.title()).toBe("Schema");
    expect(await page.locator("script").count()).toBe(format === "html" ? 1 : 0);
    expect(await page.locator(`text=${HOSTILE}`).count()).toBeGreaterThan(0);
    expect(complaints).toEqual([]);
    await page.close();
  }
});

test("Mermaid draws the schema and the graph of migrations", async () => {
  const { page } = await open("mermaid.html", "<!doctype html><title>x</title>");
  await page.addScriptTag({ path: engineFile("mermaid/dist/mermaid.min.js", "pictures") });
  const texts = (text: string): Promise<readonly string[]> =>
    page.evaluate(`(async () => {
      const holder = document.createElement("div");
      holder.innerHTML = (await mermaid.render("drawn", ${JSON.stringify(text)})).svg;
      return [...holder.querySelectorAll("text, span, p")].map((each) => each.textContent);
    })()`);
  expect(await texts(await draw(hundred, "mermaid", { focus: ["contacts"] }))).toContain("campaign_contacts");
  expect((await texts(await draw(hostile, "mermaid"))).join()).toContain("click");
  const graph = await texts(await (await dag(hundred, { format: "mermaid" })).text());
  for (const name of ["0001_a", "0002_left", "0002_right", "0003_merge"]) expect(graph.join()).toContain(name);
  const branches = await project(
    "branches",
    ["0001_a", "0001_b"].map((name) => migration(name, [])),
  );
  const conflict = await texts(await (await dag(branches, { format: "mermaid" })).text());
  expect(conflict.join()).toContain("conflict over anything");
  expect(await page.title()).toBe("x");
  await page.close();
});

test("Graphviz draws the schema", async () => {
  const { Graphviz } = await import(engineFile("@hpcc-js/wasm-graphviz/dist/index.js", "pictures"));
  const graphviz = await Graphviz.load();
  const svg: string = graphviz.dot(await draw(hundred, "dot"));
  expect(svg.match(/class="node"/g)).toHaveLength(100);
  expect(svg.match(/class="cluster"/g)).toHaveLength(5);
  const escaped: string = graphviz.dot(await draw(hostile, "dot"));
  expect(escaped.match(/class="node"/g)).toHaveLength(2);
  expect(escaped).not.toContain("<script");
});

test("the migration graph is a picture without errors", async () => {
  const { page, complaints } = await open("dag.svg", await (await dag(hundred, { format: "svg" })).text());
  expect(await page.locator("circle").count()).toBe(5);
  expect(complaints).toEqual([]);
  await page.close();
});

import { migrations as everywhere } from "../story.ts";

/** Those of every runtime, without what needs a sandbox when it runs. */
export const migrations = {
  ...everywhere,
  "0002_colours.ts": `import { createTable, migration, runSQL } from "godwit";

enum Size { Small = 1, Large }
const tables = ["red", "blue"].map((name) =>
  createTable({ name, fields: [{ name: "id", type: "integer", primaryKey: true }] }),
);

export default migration({
  dependencies: ["0001_users"],
  operations: [...tables, runSQL({ forward: \`INSERT INTO red VALUES (\${Size.Large})\`, backward: "" })],
});
`,
};

/** A program for any runtime: what the edge library does with a database of libSQL. It returns what it saw. */
export const story = `export async function play(edge, { url, migrations, failing, tampered, withCode }) {
  const { check, libsql, migrate, requireCurrent, status, ToolError, PartialError } = edge;
  const attempt = (work) =>
    work().then(
      (value) => ["nothing was refused", value],
      (error) =>
        error instanceof ToolError
          ? [error.code, error.message, error instanceof PartialError ? { applied: error.applied, failed: error.failed } : {}]
          : [String(error && error.stack)],
    );
  const driver = libsql({ url });
  const seen = {};
  seen.before = await check({ driver, migrations });
  const events = [];
  seen.first = await migrate({ driver, migrations, onEvent: (event) => events.push(event.type) });
  seen.events = [...new Set(events)];
  seen.again = await migrate({ driver, migrations });
  seen.status = (({ applied, pending, failed, tracks }) => ({ applied, pending, failed, names: tracks[0].migrations.map((m) => m.name + " " + m.state + " " + m.checksum) }))(
    await status({ driver, migrations }),
  );
  seen.failed = await attempt(() => migrate({ driver, migrations: failing }));
  seen.behind = await attempt(() => requireCurrent({ driver, migrations: failing }));
  seen.twoAtOnce = (await Promise.all([migrate({ driver, migrations }), migrate({ driver, migrations })])).map(({ applied }) => applied);
  seen.tampered = await attempt(() => migrate({ driver, migrations: tampered }));
  seen.code = await attempt(() => migrate({ driver, migrations: withCode }));
  seen.files = await attempt(() => migrate({ driver, migrations: { "0001_a.ts": "export default 1" } }));
  seen.noDriver = await attempt(() => migrate({ driver: "libsql://x", migrations }));
  seen.misspelt = await attempt(() => migrate({ driver, migrations, ifAhed: "allow" }));
  seen.nobody = await attempt(() => migrate({ driver: libsql({ url: "http://127.0.0.1:1" }), migrations, connectTimeout: 0 }));
  return seen;
}
`;

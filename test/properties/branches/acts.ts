import { codeOf } from "../../../sandbox/host/code.ts";
import type { OperationKind } from "../../../src/core/operations/index.ts";
import type { MigrationCode } from "../../../src/core/plan/migration.ts";
import type { DialectName } from "./matrix.ts";
import { triggerOf, type World } from "./world.ts";

/** What an operation of a kind may be in a world: different ones, so that two people may each have done one. */
export type Acts = { readonly [K in OperationKind]: (n: World, dialect: DialectName) => readonly object[] };

const update = (statement: string, touches?: string): string =>
  `import { migration, runCode } from "godwit";
export default migration({ operations: [runCode({ forward: async (db) => { await db.execute("${statement}"); }, backward: ""${touches ? `, touches: ["${touches}"]` : ""} })] });
`;

/** The files of functions, by world: one that says what it touches, and one that does not. */
const functions = await Promise.all(
  ([1, 2] as const).map(async (n) => {
    const known = await codeOf(update(`UPDATE users_${n} SET note = 'code'`, `users_${n}.note`));
    return { known, unknown: await codeOf(update(`UPDATE orders_${n} SET total = total * 3`)) };
  }),
);

/** The file of an operation with a function. */
export const codeOfAct = (operation: object): MigrationCode | undefined =>
  functions
    .flatMap(({ known, unknown }) => [known, unknown])
    .find(({ hash }) => JSON.stringify(operation).includes(hash));

/** No kind is left out. */
export const acts: Acts = {
  createTable: (n) => [
    {
      name: `new_${n}`,
      fields: [id, { name: "user_id", type: "foreign_key", nullable: true, foreignKey: { table: `users_${n}` } }],
    },
    { name: `other_${n}`, fields: [id, { name: "mood", type: `mood_${n}`, nullable: true }] },
  ],
  dropTable: (n) => [{ name: `loose_${n}` }],
  renameTable: (n) => [
    { from: `users_${n}`, to: `people_${n}` },
    { from: `copies_${n}`, to: `prints_${n}` },
  ],
  addField: (n) => [
    { table: `users_${n}`, field: { name: "age", type: "integer", nullable: true } },
    { table: `users_${n}`, field: { name: "height", type: "integer", default: 1 } },
    { table: `orders_${n}`, field: { name: "by", type: "text" }, fill: "'nobody'" },
    { table: `users_${n}`, field: { name: "total", type: "integer", nullable: true } },
  ],
  dropField: (n) => [
    { table: `users_${n}`, name: "note" },
    { table: `orders_${n}`, name: "user_no" },
    { table: `loose_${n}`, name: "email" },
  ],
  renameField: (n) => [
    { table: `users_${n}`, from: "note", to: "remark" },
    { table: `users_${n}`, from: "id", to: "no" },
    { table: `orders_${n}`, from: "user_id", to: "owner" },
  ],
  alterField: (n) => [
    { table: `users_${n}`, field: { name: "note", type: "varchar", length: 50, nullable: true } },
    { table: `users_${n}`, field: { name: "score", type: "bigint", nullable: true, default: 1 } },
    { table: `orders_${n}`, field: { name: "user_no", type: "integer", default: 7 }, fill: "0" },
  ],
  alterPrimaryKey: (n) => [
    { table: `copies_${n}`, fields: [] },
    { table: `orders_${n}`, fields: ["id", "total"] },
  ],
  addIndex: (n) => [
    { table: `users_${n}`, index: { name: `by_note_${n}`, fields: ["note"] } },
    { table: `users_${n}`, index: { name: `by_score_${n}`, fields: ["score"], where: "note IS NOT NULL" } },
    { table: `orders_${n}`, index: { name: `by_user_${n}`, fields: ["user_id", "total"], unique: true } },
  ],
  dropIndex: (n) => [
    { table: `users_${n}`, name: `users_${n}_email` },
    { table: `orders_${n}`, name: `orders_${n}_total` },
  ],
  renameIndex: (n) => [
    { table: `users_${n}`, from: `users_${n}_email`, to: `mail_${n}` },
    { table: `orders_${n}`, from: `orders_${n}_total`, to: `sums_${n}` },
  ],
  addForeignKey: (n) => [
    { table: `orders_${n}`, fields: ["user_no"], references: { table: `users_${n}` } },
    { table: `copies_${n}`, fields: ["email"], references: { table: `users_${n}`, fields: ["email"] } },
  ],
  dropForeignKey: (n) => [{ table: `orders_${n}`, name: `orders_${n}_user` }],
  addConstraint: (n) => [
    { table: `users_${n}`, constraint: { name: `noted_${n}_check`, check: "note <> ''" } },
    { table: `orders_${n}`, constraint: { name: `one_${n}`, unique: ["user_id", "user_no"] } },
  ],
  dropConstraint: (n) => [{ table: `users_${n}`, name: `users_${n}_score` }],
  renameConstraint: (n) => [
    { table: `users_${n}`, from: `users_${n}_score`, to: `points_${n}` },
    { table: `orders_${n}`, from: `orders_${n}_user`, to: `owner_${n}` },
  ],
  validateConstraint: (n, dialect) =>
    dialect === "postgresql" ? [{ table: `places_${n}`, name: `places_${n}_small` }] : [],
  setComment: (n) => [
    { table: `users_${n}`, comment: "people" },
    { table: `users_${n}`, index: `users_${n}_email`, comment: "for the login" },
  ],
  setDatabases: (n) => [{ table: `loose_${n}`, only: ["mysql"] }],
  setRowSecurity: (n) => [{ table: `users_${n}`, security: "enabled" }],
  setTableOptions: (n) => [
    { table: `users_${n}`, options: { postgresql: { with: "fillfactor=70" }, sqlite: { strict: "true" } } },
  ],
  setInherits: (n) => [
    { table: `cats_${n}`, inherits: [`animals_${n}`] },
    { table: `dogs_${n}`, inherits: [] },
  ],
  attachPartition: (n) => [{ table: `old_${n}`, to: `readings_${n}`, values: "FROM ('2020-01-01') TO ('2021-01-01')" }],
  detachPartition: (n) => [{ table: `readings_${n}_a` }],
  moveRows: (n) => [
    { from: `old_${n}`, to: `readings_${n}` },
    { from: `copies_${n}`, to: `moved_${n}` },
  ],
  upsertData: (n) => [
    { table: `users_${n}`, keys: ["id"], rows: [{ id: 3, email: "cid", score: 1 }] },
    {
      table: `orders_${n}`,
      keys: ["id"],
      rows: [
        { id: 1, total: 6 },
        { id: 2, user_id: 2, total: 1 },
      ],
    },
    { table: `copies_${n}`, keys: ["id"], rows: [{ id: 1, email: "ann" }] },
  ],
  deleteData: (n) => [
    { table: `users_${n}`, keys: ["id"], rows: [{ id: 1 }] },
    { table: `orders_${n}`, keys: ["id"], rows: [{ id: 1 }] },
  ],
  runSQL: (n) => [
    { forward: `UPDATE users_${n} SET note = 'sql'`, backward: "", touches: [`users_${n}.note`] },
    { forward: `DELETE FROM loose_${n}`, backward: "", touches: [`loose_${n}`] },
    { forward: `UPDATE orders_${n} SET total = total + 1`, backward: "" },
  ],
  runCode: (n) => {
    const { known, unknown } = functions[n - 1] ?? {};
    if (!known || !unknown) throw new Error(`there is no world ${n}`);
    const called = ({ hash }: MigrationCode): object => ({ function: "forward", code: hash });
    return [
      { forward: called(known), backward: "", title: `notes ${n}`, touches: [`users_${n}.note`] },
      { forward: called(unknown), backward: "", title: `totals ${n}` },
    ];
  },
  setDefaults: (n, dialect) => [{ defaults: { [dialect]: { [`main_${n}`]: "'main'" } } }],
  setTypeMappings: (_, dialect) => [
    { typeMappings: { [dialect]: { text: dialect === "sqlite" ? "CLOB" : "VARCHAR(300)" } } },
  ],
  createEnum: (n) => [
    { name: `new_mood_${n}`, values: ["x"] },
    { name: `new_${n}`, values: ["x"] },
  ],
  alterEnum: (n) => [
    { name: `mood_${n}`, values: ["ok", "fine", "sad"] },
    { name: `idle_${n}`, values: ["a", "b"] },
  ],
  dropEnum: (n) => [{ name: `idle_${n}` }],
  renameEnum: (n) => [
    { from: `mood_${n}`, to: `temper_${n}` },
    { from: `idle_${n}`, to: `other_${n}` },
  ],
  createDomain: (n) => [{ name: `new_price_${n}`, type: "integer" }],
  alterDomain: (n) => [
    { name: `price_${n}`, type: "integer", checks: [{ name: `price_${n}_small`, check: "VALUE < 100" }] },
    { name: `unused_${n}`, type: "integer" },
  ],
  dropDomain: (n) => [{ name: `unused_${n}` }],
  renameDomain: (n) => [{ from: `price_${n}`, to: `cost_${n}` }],
  createSequence: (n) => [{ name: `new_counter_${n}` }, { name: `new_${n}_id_seq` }],
  alterSequence: (n) => [{ name: `counter_${n}`, increment: 2 }],
  dropSequence: (n) => [{ name: `counter_${n}` }],
  renameSequence: (n) => [{ from: `counter_${n}`, to: `tally_${n}` }],
  attachSequence: (n) => [{ name: `places_${n}_place_seq`, table: `places_${n}`, field: "place" }],
  detachSequence: (n) => [{ table: `seats_${n}`, field: "id" }],
  createNamespace: (n) => [{ name: `made_${n}` }],
  alterNamespace: (n) => [{ name: `space_${n}`, comment: "kept" }],
  dropNamespace: (n) => [{ name: `empty_${n}` }],
  renameNamespace: (n) => [{ from: `space_${n}`, to: `place_${n}` }],
  createExtension: (n) => [{ name: n === 1 ? "hstore" : "btree_gist" }],
  alterExtension: (n) => [{ name: n === 1 ? "citext" : "pg_trgm", namespace: `empty_${n}` }],
  dropExtension: (n) => [{ name: n === 1 ? "citext" : "pg_trgm" }],
  createView: (n) => [
    { name: `all_${n}`, query: `SELECT * FROM users_${n}` },
    { name: `both_${n}`, query: `SELECT u.email, total FROM users_${n} u JOIN orders_${n} o ON o.user_id = u.id` },
    { name: `over_${n}`, query: `SELECT email FROM mails_${n}` },
  ],
  replaceView: (n) => [
    { name: `mails_${n}`, query: `SELECT email, id FROM users_${n}` },
    { name: `totals_${n}`, query: `SELECT total + 1 AS total FROM orders_${n}` },
  ],
  dropView: (n) => [{ name: `mails_${n}` }, { name: `totals_${n}` }],
  createObject: (n, dialect) => [
    {
      object:
        dialect === "postgresql"
          ? {
              kind: "function",
              name: `best_${n}()`,
              definition: `CREATE FUNCTION best_${n}() RETURNS integer LANGUAGE sql AS $$ SELECT max(score)::integer FROM users_${n} $$`,
            }
          : {
              kind: "trigger",
              name: `counted_${n}`,
              table: `orders_${n}`,
              definition: `CREATE TRIGGER counted_${n} AFTER DELETE ON orders_${n} BEGIN UPDATE users_${n} SET score = 0; END`,
            },
    },
  ],
  replaceObject: (n, dialect) => [{ object: triggerOf(n, dialect, 2) }],
  dropObject: (n, dialect) => {
    const { definition: _, ...object } = triggerOf(n, dialect) as { readonly definition: string };
    return [{ object }];
  },
};

const id = { name: "id", type: "integer", primaryKey: true };

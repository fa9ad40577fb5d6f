// The same history in the layouts of several tools, on PostgreSQL.

export interface Step {
  readonly name: string;
  /** Its statements, each way. */
  readonly up: readonly string[];
  readonly down: readonly string[];
  /** They cannot be in a transaction. */
  readonly alone?: true;
}

const body = "BEGIN\n  NEW.changed := 'it''s; now';\n  RETURN NEW;\nEND;";
/** What a project has done, from the first migration on. */
export const steps: readonly Step[] = [
  {
    name: "users",
    up: [
      "CREATE TABLE users (id serial PRIMARY KEY, email text NOT NULL UNIQUE, changed text)",
      "COMMENT ON TABLE users IS 'People; all of them'",
      `CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $body$ ${body} $body$`,
      "CREATE TRIGGER touched BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION touch()",
    ],
    down: ["DROP TABLE users", "DROP FUNCTION touch()"],
  },
  {
    name: "orders",
    up: [
      "CREATE TYPE state AS ENUM ('new', 'paid')",
      "CREATE TABLE orders (id int PRIMARY KEY, state state, total numeric(10,2))",
    ],
    down: ["DROP TABLE orders", "DROP TYPE state"],
  },
  {
    name: "indexes",
    up: [
      "CREATE INDEX CONCURRENTLY orders_state ON orders (state)",
      "CREATE INDEX CONCURRENTLY users_lower ON users (lower(email)) WHERE changed IS NULL",
    ],
    down: ["DROP INDEX CONCURRENTLY users_lower", "DROP INDEX CONCURRENTLY orders_state"],
    alone: true,
  },
];

const script = (statements: readonly string[]): string => statements.map((sql) => `${sql};\n`).join("");
const block = (statements: readonly string[]): string =>
  statements.map((sql) => `-- +goose StatementBegin\n${sql};\n-- +goose StatementEnd\n`).join("");
const outside = ({ alone }: Step, text: string): string => (alone ? text : "");

/** Files of a project. */
export type Files = readonly (readonly [path: string, text: string])[];

/** golang-migrate and Diesel send a file as a whole, so they take one statement in a file that cannot be in a transaction. */
const oneEach: readonly Step[] = steps.flatMap((step) =>
  step.alone ? step.up.map((sql, i) => ({ ...step, up: [sql], down: step.down.slice(1 - i, 2 - i) })) : [step],
);

/** Tool → the steps as its files. */
export const layouts: Readonly<Record<string, Files>> = {
  "golang-migrate": oneEach.flatMap((step, i): Files => {
    const wrap = (text: string): string => (step.alone ? text : `BEGIN;\n${text}COMMIT;\n`);
    return [
      [`${i + 9}_${step.name}.up.sql`, wrap(script(step.up))],
      [`${i + 9}_${step.name}.down.sql`, script(step.down)],
    ];
  }),
  goose: steps.map((step, i) => [
    `${i + 9}_${step.name}.sql`,
    `\uFEFF${outside(step, "-- +goose NO TRANSACTION\n")}-- +goose Up\n${block(step.up)}-- +goose Down\n${script(step.down)}`.replaceAll(
      "\n",
      "\r\n",
    ),
  ]),
  dbmate: steps.map((step, i) => [
    `2024010${i}_${step.name}.sql`,
    `-- migrate:up${outside(step, " transaction:false")}\n${script(step.up)}\n-- migrate:down${outside(step, " transaction:false")}\n${script(step.down)}`,
  ]),
  flyway: steps.flatMap(
    (step, i): Files => [
      [`sub/V1.${i + 9}__${step.name}.sql`, script(step.up).replace("TABLE users", "TABLE ${people}")],
      [`sub/U1.${i + 9}__${step.name}.sql`, script(step.down)],
      ...(step.alone ? ([[`sub/V1.${i + 9}__${step.name}.sql.conf`, "executeInTransaction=false\n"]] as const) : []),
    ],
  ),
  diesel: oneEach.flatMap(
    (step, i): Files => [
      [`2024-01-0${i}-000000_${step.name}/up.sql`, script(step.up)],
      [`2024-01-0${i}-000000_${step.name}/down.sql`, script(step.down)],
      ...(step.alone
        ? ([[`2024-01-0${i}-000000_${step.name}/metadata.toml`, "run_in_transaction = false\n"]] as const)
        : []),
    ],
  ),
  ory: steps.flatMap(
    (step, i): Files => [
      [
        `2015010000000${i}000000_${step.name}.postgres${outside(step, ".autocommit")}.up.sql`,
        script(step.alone ? step.up.slice(0, 1) : step.up),
      ],
      [`2015010000000${i}000000_${step.name}.mysql.up.sql`, "SELECT 1;\n"],
      [
        `2015010000000${i}000000_${step.name}${outside(step, ".autocommit")}.down.sql`,
        script(step.alone ? step.down.slice(1) : step.down),
      ],
      ...(step.alone
        ? ([
            ["20160100000000000000_last.autocommit.up.sql", script(step.up.slice(1))],
            ["20160100000000000000_last.autocommit.down.sql", script(step.down.slice(0, 1))],
          ] as const)
        : []),
    ],
  ),
};

import * as v from "valibot";
import { defineOperation } from "./define.ts";
import { blog, blogRows } from "./example-schema.ts";
import { codeFunction, described, elidable, irreversible, touches, touchesOf } from "./params.ts";

const code = "0".repeat(64);

export default defineOperation({
  kind: "runCode",
  summary:
    "Calls a function of the migration file with the database, inside the migration's transaction. The state does not follow it.",
  params: v.strictObject({
    forward: described(codeFunction, "What to do, such as async (db) => { … }."),
    backward: v.exactOptional(
      described(
        v.union([codeFunction, irreversible, v.literal("")]),
        'What takes it back; an empty text when nothing needs undoing; irreversible("why"). Absent: there is no way back.',
      ),
    ),
    title: v.exactOptional(
      described(
        v.pipe(v.string(), v.regex(/^[^\n\r]{1,100}$/, "a title is one line of at most 100 characters")),
        "What it does in a few words, for plans and logs.",
      ),
    ),
    touches,
    elidable,
  }),
  risk: "blocking",
  title: ({ title }) => (title === undefined ? "run code" : `run code: ${title}`),
  table: () => undefined,
  apply: (schema) => schema,
  lower: ({ forward }, { before }) => [{ kind: "runCode", ...forward, schema: before }],
  irreversible: ({ backward }) =>
    typeof backward === "object" && "irreversible" in backward ? backward.irreversible : undefined,
  invert: (p) => {
    const { forward, backward, title } = p;
    if (backward === "") return [];
    if (backward === undefined || "irreversible" in backward) return undefined;
    return [
      { kind: "runCode", forward: backward, backward: forward, ...(title !== undefined && { title }), ...touchesOf(p) },
    ];
  },
  beyond: ({ touches }) => (touches ? { named: touches } : "everything"),
  examples: [
    {
      title: "both ways",
      before: blog,
      rows: blogRows,
      params: {
        forward: { function: "forward", code },
        backward: { function: "backward", code },
        title: "initials of users",
      },
      source: `import { migration, runCode } from "godwit";
export default migration({
  operations: [
    runCode({
      title: "initials of users",
      forward: async (db) => {
        for await (const users of db.batches<{ id: number; email: string }>("SELECT id, email FROM users", { key: "id" })) {
          for (const user of users) await db.execute("UPDATE users SET bio = ? WHERE id = ?", [user.email.charAt(0), user.id]);
        }
      },
      backward: async (db) => void (await db.execute("UPDATE users SET bio = NULL")),
    }),
  ],
});
`,
    },
    {
      title: "nothing to undo",
      before: blog,
      rows: blogRows,
      params: { forward: { function: "forward", code }, backward: "" },
      source: `import { migration, runCode } from "godwit";
export default migration({
  operations: [
    runCode({
      forward: async (db) => {
        const [counted] = await db.query<{ posts: number }>("SELECT COUNT(*) AS posts FROM posts");
        if (Number(counted?.posts) === 0) await db.execute("DELETE FROM users");
      },
      backward: "",
    }),
  ],
});
`,
    },
    {
      title: "no way back, and why",
      before: blog,
      rows: blogRows,
      params: { forward: { function: "forward", code }, backward: { irreversible: "the old words are not kept" } },
      source: `import { irreversible, migration, runCode } from "godwit";
export default migration({
  operations: [
    runCode({
      forward: async (db) => void (await db.execute("UPDATE posts SET title = lower(title)")),
      backward: irreversible("the old words are not kept"),
    }),
  ],
});
`,
    },
    {
      title: "no way back",
      before: blog,
      rows: blogRows,
      params: { forward: { function: "forward", code } },
      source: `import { migration, runCode } from "godwit";
export default migration({
  operations: [runCode({ forward: async (db) => void (await db.execute("UPDATE users SET bio = NULL")) })],
});
`,
    },
  ],
});

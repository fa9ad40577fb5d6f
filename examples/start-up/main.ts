import { open } from "godwit";

// A program that keeps notes in a SQLite file. It needs no step before it starts: whatever state the file is in, `open` brings it up to date.

const database = await open("notes.db", {
  migrations: new URL("./migrations", import.meta.url),
  onEvent: (event) => {
    if (event.type === "migration-end") console.log(`applied ${event.migration}`);
  },
});

database.prepare("INSERT INTO notes (text) VALUES (?)").run(process.argv[2] ?? "hello");
for (const row of database.prepare("SELECT id, text, pinned FROM notes ORDER BY id").all()) {
  const { id, text, pinned } = row as { readonly id: number; readonly text: string; readonly pinned: number };
  console.log(`${id} ${text}${pinned === 0 ? "" : " (pinned)"}`);
}
database.close();

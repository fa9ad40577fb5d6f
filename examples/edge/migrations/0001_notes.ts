import { createTable, migration } from "godwit";

export default migration({
  operations: [
    createTable({
      name: "notes",
      fields: [
        { name: "id", type: "serial", primaryKey: true },
        { name: "text", type: "text" },
      ],
    }),
  ],
});

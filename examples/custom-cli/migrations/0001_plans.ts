import { createTable, migration } from "godwit";

export default migration({
  operations: [
    createTable({
      name: "plans",
      fields: [
        { name: "id", type: "bigint", primaryKey: true },
        { name: "title", type: "varchar", length: 100 },
      ],
    }),
  ],
});

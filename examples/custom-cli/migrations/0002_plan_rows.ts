import { idOf, names } from "acme/ids";
import { title } from "acme/text";
import { migration, upsertData } from "godwit";

export default migration({
  dependencies: ["0001_plans"],
  operations: [
    upsertData({
      table: "plans",
      keys: ["id"],
      rows: names("plan").map((name) => ({ id: idOf("plan", name), title: title(name) })),
    }),
  ],
});

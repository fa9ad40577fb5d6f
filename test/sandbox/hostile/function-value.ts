import { migration } from "godwit";

export default migration({
  operations: [
    { kind: "createTable", name: "x", fields: [] },
    { kind: "createTable", name: "y", fields: [{ name: () => "z" }] },
  ] as never,
});

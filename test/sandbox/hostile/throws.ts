import { migration } from "godwit";

export default migration({
  operations: (() => {
    throw new Error("no table for you");
  })(),
});

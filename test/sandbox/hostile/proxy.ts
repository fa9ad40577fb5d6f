import { migration } from "godwit";

export default migration({
  operations: [new Proxy({}, { ownKeys: () => { throw new Error("trap"); } }) as never],
});

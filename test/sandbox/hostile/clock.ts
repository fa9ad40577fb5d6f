import { migration } from "godwit";

export default migration({ operations: [], dependencies: [String(Date.now())] });

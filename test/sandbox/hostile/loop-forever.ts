import { migration } from "godwit";

export default migration({ operations: [] });
while (true) {}

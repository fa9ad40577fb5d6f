import { migration } from "godwit";
import fs from "node:fs";

export default migration({ operations: [] });

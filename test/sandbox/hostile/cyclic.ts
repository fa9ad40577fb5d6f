import { migration } from "godwit";

const field: Record<string, unknown> = { name: "id" };
field.self = { deeper: field };
export default migration({ operations: [{ kind: "createTable", fields: [field] } as never] });

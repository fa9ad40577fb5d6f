import { version as packageVersion } from "../package.json" with { type: "json" };

/** Version of godwit, from package.json. */
export const version: string = packageVersion;

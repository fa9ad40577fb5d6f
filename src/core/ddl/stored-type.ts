/** The name of an enum as PostgreSQL gives the type of a column back: in quotes where capitals or marks ask for them. */
export const storedEnum = (name: string, namespace: string | undefined): string =>
  [namespace ?? [], name]
    .flat()
    .map((part) => (/^[a-z_][a-z0-9_]*$/.test(part) ? part : `"${part}"`))
    .join(".");

/**
 * What PostgreSQL 12 to 18 convert by themselves when a value is assigned (`pg_cast`, contexts `i` and `a`), but to texts: those take everything.
 * Keys and values are canonical names without parameters.
 */
export const assigned: Readonly<Record<string, readonly string[]>> = {
  bit: ["varbit"],
  varbit: ["bit"],
  box: ["polygon"],
  circle: ["polygon"],
  path: ["polygon"],
  polygon: ["path"],
  point: ["box"],
  cidr: ["inet"],
  inet: ["cidr"],
  macaddr: ["macaddr8"],
  macaddr8: ["macaddr"],
  date: ["timestamp", "timestamptz"],
  timestamp: ["date", "time", "timestamptz"],
  timestamptz: ["date", "time", "timestamp", "timetz"],
  time: ["interval", "timetz"],
  timetz: ["time"],
  interval: ["time"],
  smallint: ["integer", "bigint", "decimal", "real", "double precision", "oid"],
  integer: ["smallint", "bigint", "decimal", "real", "double precision", "oid", "money"],
  bigint: ["smallint", "integer", "decimal", "real", "double precision", "oid", "money"],
  decimal: ["smallint", "integer", "bigint", "real", "double precision", "money"],
  real: ["smallint", "integer", "bigint", "decimal", "double precision"],
  "double precision": ["smallint", "integer", "bigint", "decimal", "real"],
  oid: ["integer", "bigint"],
  money: ["decimal"],
  json: ["jsonb"],
  jsonb: ["json"],
  text: ['"char"'],
  varchar: ['"char"'],
  char: ['"char"'],
};

/** What it converts where it is told to (`pg_cast`, context `e`), but for numbers and booleans, which have a way of their own. */
export const told: Readonly<Record<string, readonly string[]>> = {
  bit: ["integer", "bigint"],
  box: ["circle", "lseg", "point"],
  circle: ["box", "point"],
  lseg: ["point"],
  polygon: ["box", "circle", "point"],
  integer: ["bit", '"char"'],
  bigint: ["bit"],
  '"char"': ["integer"],
  int4range: ["int4multirange"],
  int8range: ["int8multirange"],
  numrange: ["nummultirange"],
  daterange: ["datemultirange"],
  tsrange: ["tsmultirange"],
  tstzrange: ["tstzmultirange"],
  jsonb: ["boolean", "smallint", "integer", "bigint", "decimal", "real", "double precision"],
};

/** Types of extensions with casts to and from types that are no texts. */
export const ofExtensions: ReadonlySet<string> = new Set([
  "box2d",
  "box3d",
  "cube",
  "geography",
  "geometry",
  "halfvec",
  "hstore",
  "sparsevec",
  "vector",
]);

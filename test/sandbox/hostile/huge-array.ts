const rows: number[] = [];
rows[4294967290] = 1;
export default { operations: rows };

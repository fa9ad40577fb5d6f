class Table {
  name = "x";
}
export default { operations: [new Table()] };

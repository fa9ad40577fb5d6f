export default { operations: [{ get kind() { return "runSQL"; } }] };

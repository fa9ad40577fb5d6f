export default { operations: [{ length: 0 / 0 }] };

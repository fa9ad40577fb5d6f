export default { operations: new Map([["a", 1]]) };

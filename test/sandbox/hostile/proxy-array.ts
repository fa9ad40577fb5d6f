export default { operations: new Proxy([], {}) };

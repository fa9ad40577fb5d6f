export default JSON.parse('{"operations":[{"__proto__":{"polluted":true}}]}');

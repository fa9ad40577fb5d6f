export default { n: Math.random() };

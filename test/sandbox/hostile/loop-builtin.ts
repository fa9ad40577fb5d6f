// One call that takes minutes and never comes back to the interpreter.
export default { text: new Array(300000000).join("").length };

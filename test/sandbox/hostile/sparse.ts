export default { operations: [1, , 3] };

JSON.parse("[".repeat(5000000));
export default {};

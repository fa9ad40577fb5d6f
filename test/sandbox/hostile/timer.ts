setTimeout(() => {}, 10);
export default {};

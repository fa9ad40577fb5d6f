export default {
  const x: = 5
};

[3, 2, 1].sort(() => {
  for (;;) {}
});
export default {};

async function again() {
  await null;
  return again();
}
await again();
export default {};

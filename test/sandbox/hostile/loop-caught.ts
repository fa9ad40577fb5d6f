function spin() {
  for (;;) {
    try {
      for (;;) {}
    } catch {
      continue;
    } finally {
      spin();
    }
  }
}
spin();
export default {};

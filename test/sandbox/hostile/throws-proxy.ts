throw new Proxy(new Error("x"), {
  get() {
    throw new Error("nested");
  },
});

const hoard = [];
for (;;) hoard.push(new Uint8Array(1024 * 1024));
export default {};

// The smallest of objects: in the end not even the error about it fits.
let list: object | undefined;
for (;;) list = { list };

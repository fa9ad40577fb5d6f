// On one line, because it depends on the moment whether the loop or the export is found to blame.
export default await (async () => { for (;;) await null; })();

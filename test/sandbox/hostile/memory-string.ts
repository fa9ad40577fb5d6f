let text = "x";
for (;;) text += text + "y".repeat(1000);
export default { text };

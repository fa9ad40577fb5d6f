function* numbers() { for (let i = 0; ; i++) yield i; } let sum = 0; for (const n of numbers()) sum += n;
export default { sum };

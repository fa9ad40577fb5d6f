const map = new Map();
for (let i = 0; ; i++) map.set(Symbol(), new Array(1000).fill(i));
export default {};

export default { secret: await fetch("http://localhost/") };

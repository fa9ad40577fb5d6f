export default { secret: process.env.HOME };

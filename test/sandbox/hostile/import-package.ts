// import "commented" is no import
import slugify from "slugify";

export default slugify("x");

import { readType } from "./read-type.ts";
import { type Member, none, type Typed, type Types } from "./shape.ts";
import { typeOfValue } from "./value.ts";

/** What a property is, with the tags that count for it: those of the aliases that it is written with, then its own. */
export function typedMember(member: Member, types: Types): Typed {
  const { type, value, scope, doc } = member;
  const read = type
    ? readType(type, scope, types)
    : value
      ? typeOfValue(value, scope, types)
      : none("its type is not written; say it with @type");
  const nullable = read.nullable || member.optional;
  return { ...read, nullable, tags: [...read.tags.filter(({ name }) => inherited.has(name)), ...doc.tags] };
}

/** What an alias says of all values of it. */
const inherited = new Set(["type", "length", "precision", "check", "default"]);

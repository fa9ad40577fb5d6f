/**
 * A name of a program as databases spell names: `userID` → `user_id`, `HTTPServer` → `http_server`, `createdAt` → `created_at`. Capitals in a
 * row are one word, of which the last begins the next one; `IDs` is a plural. Signs that are neither letters nor digits become
 * underscores. Empty where nothing is left.
 */
export const snakeCase = (name: string): string =>
  name
    .replace(/(\p{Lu})(\p{Lu}+)s(?!\p{Ll})/gu, (_, first: string, rest: string) => `${first}${rest.toLowerCase()}s`)
    .replace(/([\p{Ll}\p{N}])(\p{Lu})/gu, "$1_$2")
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, "$1_$2")
    .replace(/[^\p{L}\p{N}_]+/gu, "_")
    .toLowerCase();

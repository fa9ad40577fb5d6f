/** Where there are no files there is no git, which could tell what a changed migration was like. */
export const findVersion = async (): Promise<undefined> => undefined;

/** placeholder until types are generated */
export const writeLibraryTypes = async (_directory: string): Promise<void> => undefined;

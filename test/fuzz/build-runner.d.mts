export const buildRunner: (directory: string) => Promise<unknown>;

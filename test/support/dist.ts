import { resolve } from 'node:path';

/** The built package under test: the test runner builds one for itself. */
export const distDirectory = resolve(process.env['REELFORM_DIST'] ?? 'dist');
export const cliFile = `${distDirectory}/cli/main.js`;
export const workerFile = `${distDirectory}/renderer/worker.cjs`;
export const mixWorkerFile = `${distDirectory}/renderer/mix-worker.cjs`;
export const runtimeDirectory = `${distDirectory}/runtime`;

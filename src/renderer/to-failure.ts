import type { Failure, RenderFailure } from '../model/failure.ts';
import { asDiskFailure } from './durable-file.ts';

/** Whatever was thrown, as data. Once the signal is aborted every failure is its consequence. An unknown error is our bug and says so. */
export const toFailure = (error: unknown, signal?: AbortSignal): Failure => {
	if (signal?.aborted) return { class: 'ABORTED', message: 'interrupted' };
	const known = asDiskFailure(error, pathOf(error));
	if (isRenderFailure(known)) return known.failure;
	if (error instanceof Error)
		return { class: 'INTERNAL', message: error.message, ...(error.stack === undefined ? {} : { detail: error.stack }) };
	return { class: 'INTERNAL', message: String(error) };
};

const pathOf = (error: unknown): string =>
	error instanceof Error && 'path' in error && typeof error.path === 'string' ? error.path : 'a file';

/** By name, since a frame source from a module of its own brings its own copy of the class. */
const isRenderFailure = (error: unknown): error is RenderFailure =>
	error instanceof Error && error.name === 'RenderFailure' && 'failure' in error;

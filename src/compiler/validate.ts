import type { ErrorObject, ValidateFunction } from 'ajv/dist/2020.js';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { type Schema, validateCampaign, validatorOf } from './campaign-schema.ts';
import type { SpecPath } from './checked-spec.ts';
import { type DraftSpec, draftOf } from './draft-spec.ts';
import { jsonTypeOf } from './json-type.ts';
import type { ParsedSpec } from './parse.ts';
import { describeError } from './schema-errors.ts';
import type { Fault } from './schema-fault.ts';
import { chooseAlternative } from './schema-unions.ts';

/** What the schema says about a spec. */
export type ShapeReport = {
	readonly diagnostics: readonly Diagnostic[];
	/** The spec without its broken parts, for further checks; null when too little of it is left. */
	readonly draft: DraftSpec | null;
};

/** Errors beyond this one are counted and not described: a hostile text can have a hundred thousand. */
const MAX_FAULTS = 500;

/** Stage 2, first half: checks the data against the schema of the language. Every error, each said once. */
export const validateShape = (spec: ParsedSpec): ShapeReport => {
	const faults = withoutMisspelt(collectFaults(validateCampaign, spec.data, []));
	const version = faults.find((fault) => fault.code === 'RF2008');
	// Another version of the language has other keys: all else that could be said may be wrong.
	if (version && typeof readVersion(spec.data) === 'number') return { diagnostics: [toDiagnostic(spec, version)], draft: null };
	const usable = faults.length < MAX_FAULTS && jsonTypeOf(spec.data) === 'mapping';
	return {
		diagnostics: faults.map((fault) => toDiagnostic(spec, fault)),
		draft: usable
			? draftOf(
					spec.data,
					faults.flatMap((fault) => fault.broken),
				)
			: null,
	};
};

const readVersion = (data: unknown): unknown => (data as { readonly reelform?: unknown }).reelform;

const toDiagnostic = (spec: ParsedSpec, fault: Fault): Diagnostic => ({
	code: fault.code,
	severity: 'error',
	summary: fault.summary,
	range: spec.rangeOf(fault.path, fault.at),
	...(fault.hint === '' ? {} : { hint: fault.hint }),
});

/** A required key that is there under a misspelt name is one mistake, said at the name. */
const withoutMisspelt = (faults: readonly Fault[]): readonly Fault[] => {
	const unknown = faults.filter((fault) => fault.code === 'RF2001').flatMap((fault) => fault.broken);
	const meant = new Set(unknown.map((path) => JSON.stringify(path)));
	return faults.filter((fault) => fault.code !== 'RF2004' || !fault.broken.some((path) => meant.has(JSON.stringify(path))));
};

const collectFaults = (validator: ValidateFunction, data: unknown, base: SpecPath): readonly Fault[] => {
	if (validator(data)) return [];
	const errors = validator.errors ?? [];
	const unions = outermostUnions(errors);
	const faults: Fault[] = [];
	for (const error of errors) {
		if (faults.length >= MAX_FAULTS) break;
		const union = unionAround(error.instancePath, unions);
		const path = [...base, ...toPath(error.instancePath, data)];
		if (union === error) faults.push(...describeUnion(error, path));
		const fault = union === undefined ? describeError(error, path) : null;
		if (fault) faults.push(fault);
	}
	return faults;
};

/** The errors of the alternative that was meant, and of no other. */
const describeUnion = (error: ErrorObject, path: SpecPath): readonly Fault[] => {
	const choice = chooseAlternative(error.schema as readonly Schema[], error.data, path);
	return 'fault' in choice ? [choice.fault] : collectFaults(validatorOf(choice.meant), error.data, path);
};

/** The `anyOf` error of each place that has one; of several at one place the outermost, which Ajv reports last. */
const outermostUnions = (errors: readonly ErrorObject[]): ReadonlyMap<string, ErrorObject> =>
	new Map(errors.filter((error) => error.keyword === 'anyOf').map((error) => [error.instancePath, error]));

/** The outermost union that contains a place. */
const unionAround = (pointer: string, unions: ReadonlyMap<string, ErrorObject>): ErrorObject | undefined => {
	if (unions.size === 0) return undefined;
	for (let end = 0; end !== -1; end = pointer.indexOf('/', end + 1)) {
		const union = unions.get(pointer.slice(0, end));
		if (union) return union;
	}
	return unions.get(pointer);
};

/** JSON pointer to path; a step is a number exactly where the data holds a list. */
const toPath = (pointer: string, data: unknown): SpecPath => {
	let here = data;
	return pointer
		.split('/')
		.slice(1)
		.map((raw) => {
			const key = raw.replaceAll('~1', '/').replaceAll('~0', '~');
			const step = Array.isArray(here) ? Number(key) : key;
			here = (here as Readonly<Record<string | number, unknown>> | null | undefined)?.[step];
			return step;
		});
};

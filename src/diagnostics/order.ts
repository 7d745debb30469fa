import type { Diagnostic } from './diagnostic.ts';

/** By file and place, those without a place last; what has the same place keeps its order. The same thing is said once. */
export const orderDiagnostics = (diagnostics: readonly Diagnostic[]): readonly Diagnostic[] => {
	const seen = new Set<string>();
	const once = diagnostics.filter((d) => {
		const identity = JSON.stringify([d.code, d.severity, d.summary, d.range?.file, d.range?.start, d.range?.end]);
		return !seen.has(identity) && seen.add(identity);
	});
	return once.sort((a, b) => {
		if (!a.range || !b.range) return Number(!a.range) - Number(!b.range);
		if (a.range.file !== b.range.file) return a.range.file < b.range.file ? -1 : 1;
		return a.range.start - b.range.start;
	});
};

/** A file of a project's own. `name` is what people are shown. */
export type SourceText = { readonly name: string; readonly text: string };

/** What reads a clock, chance or the network in so many words. */
const IMPURE = [
	'Date.now',
	'Math.random',
	'performance.now',
	'setTimeout',
	'setInterval',
	'requestAnimationFrame',
	'fetch',
	'XMLHttpRequest',
	'WebSocket',
	'crypto.randomUUID',
	'crypto.getRandomValues',
] as const;

const marker = (name: string): string => `__impure_${name.replace('.', '_')}`;

/**
 * Obvious uses, as `components/Growth.tsx:4 Date.now`. Names are told apart from those of the code itself, and from words in texts and comments,
 * by a compiler; what is hidden better is caught when it is drawn.
 */
export const findImpurities = async (sources: readonly SourceText[]): Promise<readonly string[]> => {
	const { transform } = await import('esbuild');
	const define = Object.fromEntries(IMPURE.map((name) => [name, marker(name)]));
	const found: string[] = [];
	for (const { name, text } of sources) {
		if (!IMPURE.some((impure) => text.includes(impure))) continue;
		const { code } = await transform(text, { loader: 'tsx', define, logLevel: 'silent' }).catch(() => ({ code: '' }));
		for (const impure of IMPURE) if (code.includes(marker(impure))) found.push(`${name}:${lineOf(text, impure)} ${impure}`);
	}
	return found;
};

const lineOf = (text: string, name: string): number => text.slice(0, text.indexOf(name)).split('\n').length;

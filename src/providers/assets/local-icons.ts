import type { AssetHit, AssetQuery, ProviderResult } from '../../ports/asset-provider.ts';
import { conceptWords, iconForConcept } from '../icon-concepts.ts';
import { type IconSet, loadIcons, nearestIcons } from '../icons.ts';
import { noSuchId, nothingFound } from './provider-problem.ts';

const MOST_HITS = 20;

/** Lucide's icons for an idea: that of its concept first, then that of its name, then those of its words. */
export const findIcons = async ({ text }: AssetQuery): Promise<ProviderResult<readonly AssetHit[]>> => {
	const icons = await loadIcons();
	const names = candidates(text, icons);
	if (names.length === 0) return nothingFound('local', text, nearHint(text, icons));
	return { ok: true, value: names.slice(0, MOST_HITS).map(hitOf) };
};

const candidates = (text: string, icons: IconSet): readonly string[] => {
	const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
	// What something is comes last in English: `fast shipping` is a kind of shipping.
	const last = [...words].reverse();
	const exact = [iconForConcept(text), words.join('-'), ...last.map(iconForConcept), ...last];
	const known = icons.iconNames();
	const containing = last.flatMap((word) =>
		word.length < 3 ? [] : known.filter((name) => name.split('-').includes(word)).sort((a, b) => a.length - b.length || (a < b ? -1 : 1)),
	);
	return [...new Set([...exact, ...containing])].filter((name): name is string => name !== null && icons.icon(name) !== null);
};

const nearHint = (text: string, icons: IconSet): string => {
	const near = nearestIcons(text.toLowerCase(), [...icons.iconNames(), ...conceptWords()]).slice(0, 3);
	return near.length === 0 ? 'use a plainer word, such as growth or security' : `did you mean ${near.join(', ')}?`;
};

const hitOf = (name: string): AssetHit => ({
	id: name,
	page: `https://lucide.dev/icons/${name}`,
	width: null,
	height: null,
	seconds: null,
	color: null,
	title: name,
	license: 'ISC',
	attribution: `Icon "${name}" by Lucide`,
	cost: 0,
});

const SIDE = 512;
/** How opaque the insides of a drawing made of lines are. A full fill would hide lines within. */
const FILLS: Readonly<Record<string, number>> = { duotone: 0.2, solid: 0.5 };

/** An icon as an SVG file in black. */
export const drawIcon = async (
	name: string,
	style: string | null,
): Promise<ProviderResult<{ readonly hit: AssetHit; readonly svg: Uint8Array }>> => {
	const shape = (await loadIcons()).icon(name);
	if (shape === null) return noSuchId('local', name);
	const { size, body } = shape;
	const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${SIDE}" height="${SIDE}" viewBox="0 0 ${size} ${size}" color="#000">${filled(body, style)}</svg>\n`;
	return { ok: true, value: { hit: hitOf(name), svg: Buffer.from(svg) } };
};

const filled = (body: string, style: string | null): string => {
	const opacity = FILLS[style ?? ''];
	if (opacity === undefined) return body;
	const isOneShape = (body.match(/<(path|circle|rect|ellipse|polygon)\b/g) ?? []).length === 1;
	return body.replaceAll('fill="none"', `fill="currentColor" fill-opacity="${style === 'solid' && isOneShape ? 1 : opacity}"`);
};

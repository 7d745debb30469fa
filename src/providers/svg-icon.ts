import type { IconShape } from '../model/inputs.ts';
import { type InputResult, refuse } from './input-problem.ts';
import { readSvg } from './svg-facts.ts';

/** Attributes of the root that everything in a drawing inherits. */
const INHERITED = ['fill', 'stroke', 'stroke-width', 'stroke-linecap', 'stroke-linejoin', 'fill-rule', 'clip-rule'];

const BLACK = /\b(fill|stroke)(\s*=\s*["']|\s*:\s*)(?:#000000|#000|black|rgb\(0,\s*0,\s*0\))(?=["';\s])/gi;

/** A file of one drawing as an icon: what is black takes the colour that the icon is given, and a drawing that is not square stands in the middle. */
export const svgIcon = (name: string, bytes: Uint8Array): InputResult<IconShape> => {
	const facts = readSvg(bytes);
	if (!facts.ok) return refuse('RF4003', `"${name}" cannot be used: ${facts.reason}`, facts.hint);
	const text = new TextDecoder().decode(bytes).replaceAll(/<\?[\s\S]*?\?>|<!--[\s\S]*?-->/g, '');
	const [, root = '', inside = ''] = /<svg\b([^>]*)>([\s\S]*)<\/svg>/.exec(text) ?? [];
	if (inside.trim() === '') return refuse('RF4003', `"${name}" cannot be used as an icon: nothing is drawn in it`, 'pin another');
	const attribute = (wanted: string): string | undefined => new RegExp(`(?:^|\\s)${wanted}\\s*=\\s*["']([^"']*)["']`).exec(root)?.[1];
	const [x = 0, y = 0, width = facts.width, height = facts.height] = (attribute('viewBox') ?? '').split(/[\s,]+/).flatMap((part) => {
		const number = Number.parseFloat(part);
		return Number.isFinite(number) ? [number] : [];
	});
	const size = Math.max(width, height);
	const shift = [(size - width) / 2 - x, (size - height) / 2 - y].map((distance) => Math.round(distance * 1000) / 1000);
	const inherited = INHERITED.flatMap((key) => {
		const value = attribute(key) ?? (key === 'fill' ? 'currentColor' : undefined);
		return value === undefined ? [] : [`${key}="${value}"`];
	});
	const transform = shift.every((distance) => distance === 0) ? '' : ` transform="translate(${shift.join(' ')})"`;
	const body = `<g ${inherited.join(' ')}${transform}>${inside.trim()}</g>`.replaceAll(BLACK, '$1$2currentColor');
	return { ok: true, value: { size, body } };
};

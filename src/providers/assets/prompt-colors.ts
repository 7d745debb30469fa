import { converter, formatHex, parse } from 'culori';
import { sha256Hex } from '../../model/keys.ts';

/** Colours of what people ask for. */
const SCENES: Readonly<Record<string, readonly string[]>> = {
	sunset: ['#2b1b4d', '#c2456b', '#ff8a5c', '#ffd08a'],
	sunrise: ['#3b4a7a', '#e88aa0', '#ffc49b', '#fff1d0'],
	dawn: ['#3b4a7a', '#e88aa0', '#ffc49b', '#fff1d0'],
	night: ['#070b1d', '#14204a', '#2f3f86', '#6a7bd0'],
	space: ['#05060f', '#1a1240', '#4a2a86', '#b06fd8'],
	ocean: ['#04263d', '#0a5a7d', '#23a0b5', '#a8e6e0'],
	sea: ['#04263d', '#0a5a7d', '#23a0b5', '#a8e6e0'],
	water: ['#04263d', '#0a5a7d', '#23a0b5', '#a8e6e0'],
	sky: ['#2a6fc4', '#6fb1ef', '#bfe0fb', '#f3f9ff'],
	forest: ['#0c2418', '#1f5135', '#4f8a4e', '#b4cf8a'],
	nature: ['#12301d', '#2f6b3c', '#7aa85a', '#dbe6b5'],
	desert: ['#6b3a22', '#c07a45', '#e6b57c', '#f7e4c4'],
	mountain: ['#1f2a38', '#4a6078', '#91a7b8', '#e3eaef'],
	fire: ['#1c0605', '#8f1d0b', '#f0591c', '#ffc247'],
	ice: ['#12344d', '#5aa0c4', '#b5deee', '#f4fbff'],
	winter: ['#23374d', '#6d93b3', '#c4dbe8', '#f7fbfd'],
	autumn: ['#3b1a10', '#9c4317', '#dd8a2e', '#f2cf7e'],
	spring: ['#2f6b4f', '#8cc98a', '#f4c6d6', '#fff5d9'],
	summer: ['#0f7c9c', '#3fc7c4', '#ffd65c', '#fff3c9'],
	technology: ['#050a1c', '#10327a', '#1c7ef0', '#5be3ff'],
	tech: ['#050a1c', '#10327a', '#1c7ef0', '#5be3ff'],
	data: ['#050a1c', '#10327a', '#1c7ef0', '#5be3ff'],
	neon: ['#0a0417', '#5a0fa8', '#f01fb4', '#20e3ff'],
	luxury: ['#0d0b09', '#3a2c16', '#a67c37', '#ecd9a4'],
	corporate: ['#0f1d36', '#24508f', '#6fa0dc', '#e8f0fa'],
	office: ['#26303d', '#5f7388', '#b3c2cf', '#f2f5f7'],
	city: ['#12161f', '#34445f', '#d08a4a', '#f3d7a6'],
	coffee: ['#20120b', '#5b3621', '#a9774f', '#ead3b8'],
	candy: ['#ff6fae', '#ffb3d3', '#8ad9ff', '#fff2b8'],
	pastel: ['#f7c6d9', '#c9d7f8', '#cdeedd', '#fff1cc'],
	fog: ['#55606b', '#8f9ba5', '#c7d0d6', '#eef1f3'],
	smoke: ['#15181c', '#3f464e', '#89919a', '#d3d8dc'],
};

const toOklch = converter('oklch');

/** Three to five colours for a prompt, the darkest first: those that it names, those of what it shows, else a set that belongs to its words. */
export const colorsFor = (prompt: string): readonly string[] => {
	const words = prompt.toLowerCase().match(/#[0-9a-f]{6}\b|\p{L}+/gu) ?? [];
	const named = words.flatMap((word) => colorNamed(word) ?? []);
	const scene = words.flatMap((word) => (Object.hasOwn(SCENES, word) ? [SCENES[word]!] : [])).at(0);
	const colors = named.length === 0 ? (scene ?? ownSet(prompt)) : named.length > 2 ? named : [...named, ...shadesOf(named)];
	return [...new Set(colors)].slice(0, 5).sort((a, b) => lightnessOf(a) - lightnessOf(b) || (a < b ? -1 : 1));
};

const colorNamed = (word: string): string | null => {
	const color = /^#|^\p{L}{3,}$/u.test(word) && word !== 'transparent' ? parse(word) : undefined;
	return color === undefined ? null : formatHex(color);
};

const lightnessOf = (hex: string): number => toOklch(hex)?.l ?? 0;

/** Darker and lighter ones of the same hues. */
const shadesOf = (colors: readonly string[]): readonly string[] =>
	colors.flatMap((hex) => {
		const { l = 0.5, c = 0, h = 0 } = toOklch(hex) ?? {};
		return [Math.max(0.14, l - 0.28), Math.min(0.94, l + 0.2)].map((lightness) =>
			formatHex({ mode: 'oklch', l: lightness, c: c * 0.8, h }),
		);
	});

const ownSet = (prompt: string): readonly string[] => {
	const hue = Number.parseInt(sha256Hex(prompt).slice(0, 4), 16) % 360;
	return [
		[0.2, 0.06, 0],
		[0.42, 0.12, 15],
		[0.66, 0.14, 45],
		[0.88, 0.06, 70],
	].map(([l = 0, c = 0, turn = 0]) => formatHex({ mode: 'oklch', l, c, h: (hue + turn) % 360 }));
};

import type { MeshBackground, NoiseBackground, ParticlesBackground, PatternBackground } from '../../model/campaign-spec.gen.ts';
import type { Box, Drawing } from '../../model/drawing.ts';
import type { Texture, TextureTime } from '../../model/texture.ts';
import { contrast, fromOklch, mix, oklchOf, over, TEXT_CONTRAST, worstContrast } from '../design/color.ts';
import { growBox, round2, roundBox } from '../design/geometry.ts';
import { type Palette, rolesOn } from '../design/theme.ts';
import type { SceneContext } from './scene-context.ts';

/** A spec that names no seed gets the same picture in every scene: a cut between two of them does not jump. */
const SEED = 1;

/** Share of the palette's colours in the fields of a mesh that names none. */
const MESH_TINT = { primary: 0.36, accent: 0.3 } as const;

/** The mood's ground, and what the brand's colours make of it. */
export const meshColors = (grounds: readonly string[], { primary, accent }: Palette): readonly string[] => {
	const [first, last] = [grounds[0]!, grounds.at(-1)!];
	const tinted = mix(first, primary, MESH_TINT.primary);
	return [first, near(first, tinted) ? shaded(first, -MESH_SHADE) : tinted, last, mix(first, accent, MESH_TINT.accent)];
};

/** Lightness by which a field differs from a ground that is the brand's own colour, and below which two colours are one to the eye. */
const MESH_SHADE = 0.1;
const SAME = 0.04;

const near = (one: string, other: string): boolean => {
	const [a, b] = [oklchOf(one), oklchOf(other)];
	return Math.abs(a.l - b.l) < SAME && Math.abs(a.c - b.c) < SAME;
};

const shaded = (color: string, step: number): string => {
	const { l, c, h } = oklchOf(color);
	return fromOklch({ l: l + step, c, h });
};

/** Lightness between the shades of clouds. */
const CLOUD_STEP = 0.07;

/** A colour between two shades of it; both on one side where it is nearly black or white. */
export const cloudShades = (color: string): readonly string[] => {
	const { l, c, h } = oklchOf(color);
	const middle = Math.min(0.985 - CLOUD_STEP, Math.max(0.1 + CLOUD_STEP, l));
	return [-1, 0, 1].map((step) => fromOklch({ l: middle + step * CLOUD_STEP, c, h }));
};

/** Colours and the middle of each two: what a mesh or clouds of them may show beneath a word. */
export const mixturesOf = (colors: readonly string[]): readonly string[] => [
	...new Set([...colors, ...colors.flatMap((one, index) => colors.slice(index + 1).map((other) => mix(one, other, 0.5)))]),
];

export const softTexture = (context: SceneContext, background: MeshBackground | NoiseBackground, colors: readonly string[]): Drawing => {
	const u = round2(context.frame.u);
	const seed = background.seed ?? SEED;
	const texture: Texture =
		background.type === 'gradient-mesh'
			? { type: 'mesh', colors, complexity: 1 + Math.round((background.complexity ?? 0.5) * 4), seed, u }
			: { type: 'noise', colors, scale: round2((background.scale ?? 80) * context.frame.u), octaves: background.octaves ?? 3, seed, u };
	return drawing(context, texture, background.animated === true);
};

type MarkedBackground = ParticlesBackground | PatternBackground;

/** The colour and strength of marks, and every colour that they make of the ground. */
export type MarkedGround = {
	readonly color: string;
	/** As asked for. */
	readonly wanted: number;
	/** Beneath words. */
	readonly opacity: number;
	readonly shown: readonly string[];
};

/** Opacity of marks before it is lowered for the sake of text. */
const MARK_OPACITY = { particles: 0.85, pattern: 0.34 } as const;
/** A pattern of the mood's own colour is a breath on the ground. */
const OWN_PATTERN = 0.17;
const LEAST_OPACITY = 0.04;

/** Marks are as strong as asked for while text reads on them, also where two of them meet. */
export const markGround = (
	{ theme }: SceneContext,
	{
		background,
		grounds,
		color,
	}: { readonly background: MarkedBackground; readonly grounds: readonly string[]; readonly color: string | null },
): MarkedGround => {
	const roles = rolesOn(theme, grounds);
	const wanted = color === null && background.type === 'pattern' ? OWN_PATTERN : MARK_OPACITY[background.type];
	const away = roles.dark ? '#000000' : '#ffffff';
	// On a ground that has just enough contrast, marks towards the ink would have to vanish: there they go the other way.
	const own = background.type === 'particles' ? roles.accent : hasRoom(roles.ink, grounds) ? roles.ink : away;
	const laid = color ?? own;
	const shownAt = (opacity: number): readonly string[] =>
		grounds.flatMap((ground) => [ground, over(laid, opacity, ground), over(laid, opacity, over(laid, opacity, ground))]);
	// Specks beneath words may be gone; a pattern that was asked for stays to be seen, and the ink is chosen for it.
	const least = background.type === 'particles' ? 0 : LEAST_OPACITY;
	let opacity = wanted;
	// Marks that darken a dark ground make text read better: only what comes near the ink is held back.
	while (opacity > least && worstContrast(roles.ink, shownAt(opacity)) < Math.min(TEXT_CONTRAST + 0.3, worstInk(roles.ink, grounds)))
		opacity = Math.max(least, opacity - 0.02);
	return { color: laid, wanted, opacity: round2(opacity), shown: shownAt(round2(opacity)) };
};

/** Contrast from which on a pattern in the ink's own colour can be seen and text still reads on it. */
const ROOMY = 7.5;

const hasRoom = (ink: string, grounds: readonly string[]): boolean => worstInk(ink, grounds) >= ROOMY;

const worstInk = (ink: string, grounds: readonly string[]): number => Math.min(...grounds.map((ground) => contrast(ink, ground)));

export const markTexture = (context: SceneContext, background: MarkedBackground, { color, wanted, opacity }: MarkedGround): Drawing => {
	const { u, width, height } = context.frame;
	const seed = background.seed ?? SEED;
	if (background.type === 'pattern') {
		const scale = round2((background.scale ?? 5) * u);
		return drawing(context, { type: 'pattern', motif: background.pattern ?? 'dots', color, opacity, scale, seed }, false);
	}
	const speed = background.speed ?? (background.animated === true ? 1 : 0);
	const moves = speed > 0 && background.animated !== false;
	const { count = 60, size = 1.6 } = background;
	const texture: Texture = {
		type: 'particles',
		color,
		opacity: wanted,
		quiet: { box: { x: 0, y: 0, width, height }, opacity: round2(Math.min(opacity, QUIET * wanted)), reach: round2(QUIET_REACH * u) },
		count,
		size: round2(size * u),
		speed: moves ? round2(speed * u) : 0,
		seed,
	};
	return drawing(context, texture, moves);
};

/** u around words in which specks are as quiet as beneath them, and u over which they come back. */
const QUIET_PADDING = 2;
/** Share of their strength that specks keep beneath words, at most: a speck beside a letter reads as dirt. */
const QUIET = 0.18;
const QUIET_REACH = 12;

/** A texture that shines wherever no words are. Before the words are placed it is quiet everywhere. */
export const quietAround = (made: Drawing, words: Box | null, u: number): Drawing => {
	if (made.type !== 'texture' || made.texture.type !== 'particles') return made;
	const { texture } = made;
	if (words === null) return { ...made, texture: { ...texture, quiet: { ...texture.quiet, opacity: texture.opacity } } };
	return { ...made, texture: { ...texture, quiet: { ...texture.quiet, box: roundBox(growBox(words, QUIET_PADDING * u)) } } };
};

const drawing = ({ frame, fps }: SceneContext, texture: Texture, moves: boolean): Drawing => {
	const time: TextureTime | null = moves ? { start: 0, fps } : null;
	return { type: 'texture', box: { x: 0, y: 0, width: frame.width, height: frame.height }, tracks: [], texture, time };
};

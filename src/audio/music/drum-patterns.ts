import type { KitName } from './feel.ts';
import type { Drum } from './score.ts';

/** Loudness of each 16th of a bar, 0 (silent, written as a dot) to 9. */
type Line = string;
export type DrumPattern = Readonly<Partial<Record<Drum, Line>>>;

/** Per kit: what plays when little happens, the groove, and the groove when everybody plays. */
const KITS: Readonly<Record<KitName, readonly [DrumPattern, DrumPattern, DrumPattern]>> = {
	none: [{}, {}, { shaker: '..2...3...2...3.' }],
	soft: [
		{ shaker: '3.2.4.2.3.2.4.2.' },
		{ kick: '7.......6.......', rim: '....5.......5...', shaker: '3.2.4.2.3.2.4.2.' },
		{ kick: '8.....4.7.......', snare: '....5.......5...', shaker: '4.3.5.3.4.3.5.3.', hat: '..3...3...3...3.' },
	],
	lofi: [
		{ hat: '3...4...3...4...' },
		{ kick: '7.....4...6.....', rim: '....6.......6...', hat: '4.3.4.3.4.3.4.32' },
		{ kick: '8.....4...7..3..', snare: '....6.......6...', hat: '4.3.5.3.4.3.5.32' },
	],
	straight: [
		{ shaker: '3.2.3.2.3.2.3.2.' },
		{ kick: '8.......7.......', rim: '....6.......6...', hat: '4.3.4.3.4.3.4.3.' },
		{ kick: '8.....5.7.......', snare: '....7.......7...', hat: '4.3.5.3.4.3.5.3.', shaker: '2232223222322232' },
	],
	four: [
		{ hat: '..4...4...4...4.' },
		{ kick: '8...7...8...7...', hat: '..5...5...5...5.' },
		{ kick: '9...8...9...8...', snare: '....6.......6...', hat: '..5...5...5...5.', shaker: '3232323232323232' },
	],
	half: [
		{ kick: '5...............' },
		{ kick: '8.........5.....', rim: '........6.......' },
		{ kick: '9.....4...6.....', snare: '........8.......', shaker: '2...3...2...3...' },
	],
	broken: [
		{ hat: '3..3..3.3..3..3.' },
		{ kick: '7..4......6.....', rim: '....5.......5...', hat: '4..3..4.4..3..3.' },
		{ kick: '8..5......7..3..', snare: '....6.......6...', hat: '4.34..4.4.34..3.', shaker: '2222222222222222' },
	],
};

export const drumPattern = (kit: KitName, density: number): DrumPattern => {
	const [sparse, groove, full] = KITS[kit];
	return density < 0.42 ? sparse : density < 0.72 ? groove : full;
};

export type Step = { readonly step: number; readonly velocity: number };

export const stepsOf = (line: Line): readonly Step[] =>
	[...line].flatMap((letter, step) => (letter === '.' ? [] : [{ step, velocity: Number(letter) / 9 }]));

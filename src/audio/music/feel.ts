import type { LeadSound } from './score.ts';

/** The eight moods of the language, and words that people search music by. */
export const MUSIC_MOODS = [
	'sophisticated',
	'playful',
	'bold',
	'calm',
	'urgent',
	'minimal',
	'editorial',
	'tech',
	'uplifting',
	'corporate',
	'energetic',
	'dramatic',
] as const;
export type MusicMood = (typeof MUSIC_MOODS)[number];

export const MUSIC_GENRES = ['corporate', 'pop', 'lo-fi', 'ambient', 'electronic', 'cinematic', 'acoustic'] as const;
export type MusicGenre = (typeof MUSIC_GENRES)[number];

export type ScaleName = 'major' | 'lydian' | 'mixolydian' | 'dorian' | 'minor';
export type KitName = 'none' | 'soft' | 'lofi' | 'straight' | 'four' | 'half' | 'broken';
/** How much is stacked on a chord's root. */
export type Colour = 'triad' | 'add9' | 'seventh';

/** What a mood means in music. */
export type Feel = {
	readonly scale: ScaleName;
	readonly tonics: readonly number[];
	readonly bpm: { readonly min: number; readonly preferred: number; readonly max: number };
	/** Chord roots as steps of the scale, 0 is the tonic: four bars each. */
	readonly verse: readonly (readonly number[])[];
	readonly chorus: readonly (readonly number[])[];
	/** The two chords that lead to the last one. */
	readonly cadence: readonly [number, number];
	readonly colour: Colour;
	readonly kit: KitName;
	/** Share of a 16th by which every second 16th comes late. */
	readonly swing: number;
	readonly lead: LeadSound;
	/** Corner of the pads' low-pass filter in Hz. */
	readonly brightness: number;
	readonly pump: number;
	/** Scales the density of every section. */
	readonly energy: number;
};

const MAJOR_VERSE = [
	[0, 4, 5, 3],
	[0, 5, 3, 4],
	[0, 3, 5, 4],
	[0, 2, 3, 4],
];
const MAJOR_CHORUS = [
	[3, 0, 4, 5],
	[3, 4, 5, 0],
	[5, 3, 0, 4],
];
const MINOR_VERSE = [
	[0, 5, 2, 6],
	[0, 2, 5, 6],
	[0, 3, 5, 6],
];
const MINOR_CHORUS = [
	[5, 6, 0, 2],
	[5, 2, 6, 0],
	[3, 5, 0, 6],
];
const BRIGHT = {
	scale: 'major',
	tonics: [0, 2, 5, 7, 9, 10],
	verse: MAJOR_VERSE,
	chorus: MAJOR_CHORUS,
	cadence: [3, 4],
	colour: 'add9',
	swing: 0,
} as const;
const DARK = {
	scale: 'minor',
	tonics: [0, 2, 4, 7, 9, 11],
	verse: MINOR_VERSE,
	chorus: MINOR_CHORUS,
	cadence: [5, 6],
	colour: 'triad',
	swing: 0,
} as const;
const DORIAN = {
	scale: 'dorian',
	tonics: [0, 2, 5, 7, 9],
	verse: [
		[0, 3, 0, 3],
		[0, 6, 3, 0],
		[0, 2, 3, 0],
	],
	chorus: [
		[2, 3, 0, 6],
		[3, 6, 0, 0],
	],
	cadence: [2, 3],
	colour: 'seventh',
	swing: 0,
} as const;

const tempo = (min: number, preferred: number, max: number): Feel['bpm'] => ({ min, preferred, max });

const FEELS: Readonly<Record<MusicMood, Feel>> = {
	uplifting: { ...BRIGHT, bpm: tempo(100, 112, 126), kit: 'straight', lead: 'pluck', brightness: 2200, pump: 0.15, energy: 1 },
	corporate: { ...BRIGHT, bpm: tempo(96, 106, 118), kit: 'soft', lead: 'pluck', brightness: 1800, pump: 0.1, energy: 0.85 },
	playful: { ...BRIGHT, bpm: tempo(104, 116, 130), kit: 'straight', lead: 'mallet', brightness: 1900, pump: 0.1, swing: 0.2, energy: 0.9 },
	calm: {
		...BRIGHT,
		scale: 'lydian',
		verse: [
			[0, 1, 0, 5],
			[0, 5, 1, 0],
		],
		chorus: [
			[5, 1, 0, 4],
			[0, 4, 5, 1],
		],
		cadence: [5, 1],
		bpm: tempo(66, 76, 88),
		kit: 'none',
		lead: 'keys',
		brightness: 1100,
		pump: 0,
		energy: 0.6,
	},
	minimal: {
		...BRIGHT,
		bpm: tempo(80, 92, 104),
		colour: 'seventh',
		kit: 'lofi',
		lead: 'keys',
		brightness: 1100,
		pump: 0,
		swing: 0.2,
		energy: 0.6,
	},
	sophisticated: { ...DORIAN, bpm: tempo(84, 94, 106), kit: 'lofi', lead: 'keys', brightness: 1300, pump: 0.05, swing: 0.25, energy: 0.75 },
	editorial: { ...DORIAN, bpm: tempo(78, 88, 100), kit: 'soft', lead: 'keys', brightness: 1200, pump: 0, energy: 0.65 },
	tech: { ...DORIAN, bpm: tempo(104, 116, 126), kit: 'broken', lead: 'bell', brightness: 1800, pump: 0.2, energy: 0.85 },
	bold: {
		...BRIGHT,
		scale: 'mixolydian',
		verse: [
			[0, 6, 3, 0],
			[0, 3, 6, 3],
		],
		chorus: [
			[3, 6, 0, 0],
			[6, 3, 0, 4],
		],
		cadence: [6, 3],
		colour: 'triad',
		bpm: tempo(96, 108, 120),
		kit: 'straight',
		lead: 'pluck',
		brightness: 2400,
		pump: 0.2,
		energy: 1,
	},
	energetic: { ...BRIGHT, bpm: tempo(114, 122, 132), kit: 'four', lead: 'pluck', brightness: 2600, pump: 0.35, energy: 1 },
	urgent: { ...DARK, bpm: tempo(118, 128, 140), kit: 'four', lead: 'pluck', brightness: 2000, pump: 0.3, energy: 0.95 },
	dramatic: { ...DARK, bpm: tempo(76, 88, 100), kit: 'half', lead: 'bell', brightness: 1500, pump: 0.05, energy: 0.85 },
};

const GENRES: Readonly<Record<MusicGenre, Partial<Feel>>> = {
	corporate: { kit: 'soft', lead: 'pluck' },
	pop: { kit: 'straight', lead: 'pluck', pump: 0.2 },
	'lo-fi': { kit: 'lofi', lead: 'keys', swing: 0.28, colour: 'seventh', brightness: 1100, bpm: tempo(70, 80, 90) },
	ambient: { kit: 'none', lead: 'bell', pump: 0, brightness: 1000, energy: 0.5 },
	electronic: { kit: 'four', lead: 'pluck', pump: 0.35, brightness: 2600 },
	cinematic: { kit: 'half', lead: 'bell', pump: 0, brightness: 1500 },
	acoustic: { kit: 'soft', lead: 'mallet', pump: 0, brightness: 1400 },
};

export const feelOf = (mood: MusicMood, genre: MusicGenre | undefined): Feel => ({
	...FEELS[mood],
	...(genre === undefined ? {} : GENRES[genre]),
});

const MOOD_WORDS: Readonly<Record<string, MusicMood>> = {
	happy: 'uplifting',
	inspiring: 'uplifting',
	motivational: 'uplifting',
	hopeful: 'uplifting',
	upbeat: 'energetic',
	exciting: 'energetic',
	business: 'corporate',
	professional: 'corporate',
	relaxed: 'calm',
	relaxing: 'calm',
	peaceful: 'calm',
	dreamy: 'calm',
	serious: 'dramatic',
	epic: 'dramatic',
	dark: 'dramatic',
	tense: 'urgent',
	fun: 'playful',
	quirky: 'playful',
	elegant: 'sophisticated',
	confident: 'bold',
	powerful: 'bold',
	futuristic: 'tech',
	technology: 'tech',
	simple: 'minimal',
	thoughtful: 'editorial',
};

const GENRE_WORDS: Readonly<Record<string, MusicGenre>> = {
	lofi: 'lo-fi',
	chillhop: 'lo-fi',
	'hip-hop': 'lo-fi',
	business: 'corporate',
	house: 'electronic',
	edm: 'electronic',
	synthwave: 'electronic',
	orchestral: 'cinematic',
	trailer: 'cinematic',
	folk: 'acoustic',
	indie: 'pop',
	chillout: 'ambient',
};

const plain = (word: string): string => word.trim().toLowerCase();

/** The mood that a word of a spec stands for, synonyms included; null when the arranger does not know it. */
export const musicMoodOf = (word: string): MusicMood | null =>
	MUSIC_MOODS.find((mood) => mood === plain(word)) ?? new Map(Object.entries(MOOD_WORDS)).get(plain(word)) ?? null;

/** The genre that a word of a spec stands for; null when the arranger does not know it. */
export const musicGenreOf = (word: string): MusicGenre | null =>
	MUSIC_GENRES.find((genre) => genre === plain(word)) ?? new Map(Object.entries(GENRE_WORDS)).get(plain(word)) ?? null;

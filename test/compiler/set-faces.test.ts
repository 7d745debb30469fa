import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { cureForGlyphs, nameGlyph } from '../../src/compiler/design/script-fonts.ts';
import { isRightToLeft, joinsLetters, setFaces } from '../../src/compiler/set-faces.ts';
import type { Drawing } from '../../src/model/drawing.ts';
import { createFontsourceBook } from '../../src/providers/fontsource-book.ts';

const Faces = suite('compiler/set-faces');

const box = { x: 0, y: 0, width: 100, height: 20 };
const style = { family: 'Anton', weight: 400, italic: false, size: 20, tracking: 0, tabular: false };
const text = (...runs: readonly { text: string; color: string }[]): Drawing => ({
	type: 'text',
	box,
	tracks: [],
	runs,
	style,
	align: 'left',
	baseline: 16,
});
const fonts = await createFontsourceBook([process.cwd()], { fallback: ['Inter'] });
const runsOf = (drawing: Drawing) => (drawing.type === 'text' ? drawing.runs : []);

Faces('a text that its own face draws stays the same object', () => {
	const plain = text({ text: 'Go now', color: '#ffffff' });
	assert.is(setFaces(plain, fonts), plain);
	assert.equal(setFaces(text({ text: 'Café', color: '#ffffff' }), fonts), text({ text: 'Café', color: '#ffffff' }));
});

Faces('a text is cut where another face draws it, and where its colour changes', () => {
	const drawn = setFaces(text({ text: 'Go При', color: '#ffffff' }, { text: 'вет ok', color: '#ff0000' }), fonts);
	const face = { family: 'Inter', weight: 400 };
	assert.equal(runsOf(drawn), [
		{ text: 'Go ', color: '#ffffff' },
		{ text: 'При', color: '#ffffff', face },
		{ text: 'вет', color: '#ff0000', face },
		{ text: ' ok', color: '#ff0000' },
	]);
});

Faces('letters that were written decomposed are cut where they are composed', () => {
	const drawn = setFaces(text({ text: 'e\u0301И\u0306', color: '#111111' }, { text: 'x', color: '#222222' }), fonts);
	assert.equal(
		runsOf(drawn).map((run) => `${run.face?.family ?? ''}:${run.text}:${run.color}`),
		[':é:#111111', 'Inter:Й:#111111', ':x:#222222'],
	);
});

Faces('each reading of a number is cut on its own', () => {
	const steps = [
		{ start: 0, text: '5' },
		{ start: 3, text: '5 тыс' },
	];
	const number: Drawing = { type: 'number', box, tracks: [], steps, color: '#ffffff', style, align: 'left', baseline: 16 };
	const drawn = setFaces(number, fonts);
	assert.equal(drawn.type === 'number' && drawn.steps.map((step) => step.runs), [
		undefined,
		[
			{ text: '5 ', color: '#ffffff' },
			{ text: 'тыс', color: '#ffffff', face: { family: 'Inter', weight: 400 } },
		],
	]);
});

Faces('texts inside of groups are set too', () => {
	const group: Drawing = { type: 'group', box, tracks: [], children: [text({ text: 'Да', color: '#ffffff' })] };
	const drawn = setFaces(group, fonts);
	assert.is(drawn.type === 'group' && runsOf(drawn.children[0]!)[0]?.face?.family, 'Inter');
});

Faces('a line that begins with a letter of a right-to-left script has that direction', () => {
	assert.equal(['שלום world', '«مرحبا»', '2026 שלום', 'Hello שלום', '123', ''].map(isRightToLeft), [true, true, true, false, false, false]);
	const drawn = setFaces(text({ text: 'שלום', color: '#ffffff' }), fonts);
	assert.is(drawn.type === 'text' && drawn.direction, 'rtl');
});

Faces('letters that join are not tracked apart', () => {
	assert.equal(['مرحبا', 'नमस्ते', 'שלום', 'Привет'].map(joinsLetters), [true, true, false, false]);
});

for (const [glyph, family] of [
	['漢', 'Noto Sans SC'],
	['か', 'Noto Sans JP'],
	['한', 'Noto Sans KR'],
	['🎉', 'Noto Emoji'],
	['ع', 'Noto Sans Arabic'],
	['ש', 'Noto Sans Hebrew'],
	['ไ', 'Noto Sans Thai'],
	['ह', 'Noto Sans Devanagari'],
] as const) {
	Faces(`the cure for ${nameGlyph(glyph)} names the package of ${family}`, () => {
		const cure = cureForGlyphs([glyph], []);
		assert.match(cure, `@fontsource/${family.toLowerCase().replaceAll(' ', '-')}`);
		assert.match(cure, `fallback: [${family}]`);
		assert.match(cureForGlyphs([glyph], [family]), 'write it without');
	});
}

Faces.run();

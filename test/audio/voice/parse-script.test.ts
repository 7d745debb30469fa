import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { parseScript } from '../../../src/audio/voice/parse-script.ts';
import { processorTime } from '../../support/processor-time.ts';

const Script = suite('audio/voice/parse-script');

/** Sentences as texts, pauses as seconds. */
const outline = (script: string): readonly (string | number)[] => {
	const parsed = parseScript(script);
	assert.ok(parsed.ok, JSON.stringify(parsed));
	return parsed.parts.map((part) => (part.kind === 'pause' ? part.seconds : part.text));
};

for (const [title, script, expected] of [
	['sentences end at their full stops', 'One. Two! Three? Four', ['One.', 'Two!', 'Three?', 'Four']],
	['a title does not end a sentence', 'Ask Dr. Smith or Mrs. Jones. They know.', ['Ask Dr. Smith or Mrs. Jones.', 'They know.']],
	['a decimal does not end a sentence', 'It costs 3.50 today. Or $1.5 million.', ['It costs 3.50 today.', 'Or $1.5 million.']],
	['an initial does not end a sentence, a country may', 'J. Doe lives in the U.S. We do not.', ['J. Doe lives in the U.S.', 'We do not.']],
	['latin shorts and numbers go on', 'Fruit, e.g. Apples vs. Pears. See No. 5.', ['Fruit, e.g. Apples vs. Pears.', 'See No. 5.']],
	['a line break is a space, an empty line ends a sentence', 'The future\n  of video\n\nStarts now', ['The future of video', 'Starts now']],
	['pauses in seconds and milliseconds, in any case', 'A. [pause: 0.5] B. [Pause:500ms][ pause : 2s ] C.', ['A.', 0.5, 'B.', 0.5, 2, 'C.']],
	['a pause inside of a sentence cuts it', 'Hi Anna, [pause: .25] meet Acme.', ['Hi Anna,', 0.25, 'meet Acme.']],
	['other brackets are text', 'See [note] here.', ['See [note] here.']],
	['signs alone are not a sentence', '🎉 [pause: 1] — ', [1]],
	['an empty script has no parts', ' \n ', []],
	['a mark of direction or an empty width is no word', '\u200b Go \u202eon\u202c.', ['Go \u202eon\u202c.']],
] as const) {
	Script(title, () =>
		assert.equal(
			outline(script).map((part) => (typeof part === 'string' ? part.replace('\u200b ', '') : part)),
			[...expected],
		),
	);
}

for (const script of [
	'x [pause: soon] y',
	'x [pause 3] y',
	'x [pause: 31] y',
	'x [pause: -1] y',
	'x [pause:] y',
	'x [pause: 1e9] y',
	'x [pause: 1',
]) {
	Script(`"${script}" is a problem at the pause`, () => {
		const parsed = parseScript(script);
		assert.ok(!parsed.ok);
		assert.equal(
			parsed.problems.map(({ code, start }) => ({ code, start })),
			[{ code: 'RF3072', start: 2 }],
		);
	});
}

Script('all problems of a script are told at once', () => {
	const parsed = parseScript('[pause: a] x [pause: b]');
	assert.is(parsed.ok ? 0 : parsed.problems.length, 2);
});

Script('a script longer than anybody says is refused', () => {
	const parsed = parseScript('a'.repeat(20_001));
	assert.equal(parsed.ok ? [] : parsed.problems.map(({ code }) => code), ['RF4221']);
});

for (const piece of ['[pause', '[pause: 1]', '\n ', '1-', 'a.', '$', 'Dr. ', "a'", 'A', '1,', 'A. ', '!']) {
	Script(`"${piece.trim()}" over and over is read within two seconds`, async () => {
		const spent = await processorTime(() => parseScript(piece.repeat(20_000 / piece.length)));
		assert.ok(spent < 2000, `${spent} ms`);
	});
}

Script.run();

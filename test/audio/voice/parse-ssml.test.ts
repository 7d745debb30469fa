import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { parseSsml } from '../../../src/audio/voice/parse-ssml.ts';

const Ssml = suite('audio/voice/parse-ssml');

/** A sentence as its text, `+` in front of one that joins; a pause as its seconds. */
const outline = (ssml: string): readonly (string | number)[] => {
	const parsed = parseSsml(ssml);
	assert.ok(parsed.ok, JSON.stringify(parsed));
	return parsed.parts.map((part) => (part.kind === 'pause' ? part.seconds : `${part.joins ? '+' : ''}${part.text}`));
};
const spokenOf = (inside: string): string => {
	const parsed = parseSsml(`<speak>${inside}</speak>`);
	assert.ok(parsed.ok, JSON.stringify(parsed));
	return parsed.parts.map((part) => (part.kind === 'pause' ? '' : part.words.map(({ spoken }) => spoken).join(' '))).join(' ');
};

Ssml('the example of the documentation is three sounds and a pause', () => {
	const parsed = parseSsml(`<speak>
		<prosody rate="slow">Welcome</prosody>
		to the future.
		<break time="500ms"/>
		<emphasis level="strong">Acme Reloaded.</emphasis>
	</speak>`);
	assert.ok(parsed.ok);
	assert.equal(
		parsed.parts.map((part) => (part.kind === 'pause' ? part.seconds : [part.text, part.joins, part.prosody.rate, part.prosody.gain])),
		[['Welcome', false, 0.75, 0], ['to the future.', true, 1, 0], 0.5, ['Acme Reloaded.', false, 0.85, 3]],
	);
});

for (const [inside, expected] of [
	['One. Two.', ['One.', 'Two.']],
	['<s>One</s><s>two</s>', ['One', 'two']],
	['<p>One.</p><p>Two.</p>Three.', ['One.', 0.5, 'Two.', 0.5, 'Three.']],
	['<p>One.</p><break time="1s"/><p>Two.</p>', ['One.', 1, 'Two.']],
	['a<break/>b<break strength="none"/>c<break strength="x-strong"/>', ['a', 0.4, 'b', 0, 'c', 1.2]],
	['Re<emphasis>loaded</emphasis> now', ['Reloaded now']],
	['5 &lt; 6 &amp; <![CDATA[<7>]]><!-- not said -->', ['5 < 6 & <7>']],
	['', []],
] as const) {
	Ssml(`"${inside}" has the parts ${JSON.stringify(expected)}`, () => assert.equal(outline(`<speak>${inside}</speak>`), [...expected]));
}

for (const [inside, spoken] of [
	['<say-as interpret-as="cardinal">1,200</say-as>', 'one thousand two hundred'],
	['<say-as interpret-as="ordinal">3</say-as>!', 'third'],
	['<say-as interpret-as="characters">B2B</say-as>', 'b two b'],
	['<say-as interpret-as="spell-out">API</say-as>', 'ay p i'],
	['<say-as interpret-as="date" format="dmy">3/4/2026</say-as>', 'april third twenty twenty six'],
	['<say-as interpret-as="date">2026-11-20</say-as>', 'november twentieth twenty twenty six'],
	['<say-as interpret-as="telephone">+1 555 0100</say-as>', 'plus one five five five zero one zero zero'],
	['<sub alias="World Wide Web">WWW</sub>, yes', 'World Wide Web yes'],
] as const) {
	Ssml(`${inside} is said as "${spoken}"`, () => assert.is(spokenOf(inside), spoken));
}

Ssml('ways of speaking inside of one another add up, within what a voice can do', () => {
	const parsed = parseSsml(
		'<speak><prosody rate="150%" pitch="+12st" volume="+6dB"><prosody rate="200%" pitch="+10%" volume="x-soft">a</prosody></prosody></speak>',
	);
	assert.ok(parsed.ok);
	const [part] = parsed.parts;
	assert.equal(part?.kind === 'sentence' && part.prosody, { rate: 2, pitch: 2, gain: -6 });
});

for (const [title, ssml, code, at] of [
	['a bare ampersand', '<speak>Rock & roll</speak>', 'RF3070', '&'],
	['an element that is not closed', '<speak><s>a</speak>', 'RF3070', '</speak>'],
	['text that is no XML', 'hello', 'RF3070', 'hello'],
	['nothing', '', 'RF3070', null],
	['a document type', '<!DOCTYPE speak><speak>a</speak>', 'RF3070', null],
	['entities of its own', '<!DOCTYPE s [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><speak>&b;</speak>', 'RF3070', null],
	['an entity of another kind of document', '<speak>a&nbsp;b</speak>', 'RF3070', '&nbsp;'],
	['a processing instruction', '<speak><?php a ?></speak>', 'RF3070', null],
	['seventeen levels', `<speak>${'<s>'.repeat(16)}a${'</s>'.repeat(16)}</speak>`, 'RF3070', '<s>'],
	['more than 20 KB', `<speak>${'é'.repeat(10_300)}</speak>`, 'RF3070', null],
	['two roots', '<speak>a</speak><speak>b</speak>', 'RF3070', null],
	['another root', '<p>a</p>', 'RF3071', '<p>'],
	['a sound file', '<speak>a<audio src="https://x"/></speak>', 'RF3071', '<audio src="https://x"/>'],
	['an element named as a property of every object', '<speak><constructor/></speak>', 'RF3071', '<constructor/>'],
	['an attribute that does nothing here', '<speak><prosody contour="x">a</prosody></speak>', 'RF3071', '<prosody contour="x">'],
	['a pitch in hertz', '<speak><prosody pitch="200Hz">a</prosody></speak>', 'RF3071', '<prosody pitch="200Hz">'],
	['a break without a unit', '<speak><break time="5"/></speak>', 'RF3071', '<break time="5"/>'],
	['a break of a minute', '<speak><break time="60s"/></speak>', 'RF3071', '<break time="60s"/>'],
	['a word as a number', '<speak><say-as interpret-as="cardinal">cat</say-as></speak>', 'RF3071', '</say-as>'],
	['an element inside of a substitution', '<speak><sub alias="a"><s>b</s></sub></speak>', 'RF3071', '<s>'],
] as const) {
	Ssml(`${title} is refused`, () => {
		const parsed = parseSsml(ssml);
		assert.ok(!parsed.ok);
		const [problem] = parsed.problems;
		assert.is(problem?.code, code);
		if (at !== null) assert.is(ssml.slice(problem?.start, problem?.end), at);
	});
}

Ssml.run();

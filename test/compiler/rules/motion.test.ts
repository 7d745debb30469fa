import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { readSpec } from '../../../src/compiler/read-spec.ts';

const Suits = suite('compiler/rules/motion');

/** The code of each problem and the piece of the spec that it points at. */
const problemsIn = (layer: string): readonly string[] => {
	const text = `reelform: 1
campaign: suits
platforms: [youtube]
durations: [5]
scenes:
  - id: only
    layers:
      - ${layer}
`;
	const { diagnostics } = readSpec({ file: 'suits.campaign.yaml', text });
	return diagnostics.map(({ code, range }) => `${code} ${text.slice(range?.start, range?.end)}`);
};

for (const layer of [
	'{ text: Hello, motion: { enter: typewriter } }',
	'{ list: [One, Two], motion: { enter: word-by-word } }',
	'{ number: 12, motion: { enter: count-up } }',
	'{ image: hero.jpg, at: right, motion: { enter: { type: slide, from: right }, exit: { type: slide, to: up } } }',
	'{ text: So it is., role: quote, attribution: Mira }',
	'{ text: Hello, role: quote, for: { youtube: { attribution: Mira, motion: { enter: typewriter } } } }',
])
	Suits(`${layer} is fine`, () => assert.equal(problemsIn(layer), []));

for (const [layer, place] of [
	['{ image: hero.jpg, at: right, motion: { enter: typewriter } }', 'typewriter'],
	['{ shape: line, motion: { enter: word-by-word } }', 'word-by-word'],
	['{ text: Hello, motion: { enter: count-up } }', 'count-up'],
	['{ text: Hello, attribution: Mira }', 'attribution'],
] as const)
	Suits(`${layer} is not`, () => assert.equal(problemsIn(layer), [`RF3020 ${place}`]));

Suits('an easing that GSAP does not have is refused', () => {
	assert.equal(problemsIn('{ text: Hello, motion: { easing: power9.out } }'), ['RF2002 power9.out']);
});

Suits.run();

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { knownColors } from '../../../src/compiler/rules/known-colors.ts';
import type { CampaignSpec } from '../../../src/model/campaign-spec.gen.ts';
import { checked } from '../../support/specs.ts';

const KnownColors = suite('compiler/rules/known-colors');

const problems = (spec: Partial<CampaignSpec>): readonly string[] => {
	const { spec: draft, rangeOf } = checked(spec);
	return knownColors({ draft, rangeOf, findIn: (path) => rangeOf(path) }).map((d) => `${d.range?.file}: ${d.summary}; ${d.hint}`);
};

for (const color of ['#fff', '#6366F1', 'rebeccapurple', 'Green', 'brand.primary', 'brand.accent', 'ink', 'on-accent']) {
	KnownColors(`${color} is a colour of a layer`, () =>
		assert.equal(problems({ scenes: [{ id: 's', layers: [{ text: 'x', color }] }] }), []),
	);
}

KnownColors('every place that takes a colour is read', () => {
	const bad = 'blurple';
	const found = problems({
		brand: { name: 'A', colors: { primary: bad, accent: bad } },
		ctas: { go: { text: 'Go', color: bad } },
		scenes: [
			{ id: 'a', background: { type: 'solid', color: bad }, layers: [{ text: 'x', color: bad }, { logo: { color: bad } }] },
			{ id: 'b', background: { type: 'linear', colors: ['red', bad] }, layers: [{ shape: 'line', color: bad }] },
			{ id: 'c', background: { type: 'radial', colors: [bad, 'red'] }, transition: { type: 'fade', color: bad } },
			{ id: 'd', background: { type: 'gradient-mesh', colors: ['red', bad] } },
			{ id: 'e', background: { type: 'noise', color: bad } },
			{ id: 'f', background: { type: 'particles', color: bad, ground: bad } },
			{ id: 'g', background: { type: 'pattern', color: bad } },
		],
	});
	assert.equal(
		found.map((line) => line.split(':')[0]),
		[
			'brand.colors.primary',
			'brand.colors.accent',
			'ctas.go.color',
			'scenes.0.background.color',
			'scenes.1.background.colors.1',
			'scenes.2.background.colors.0',
			'scenes.3.background.colors.1',
			'scenes.4.background.color',
			'scenes.5.background.color',
			'scenes.5.background.ground',
			'scenes.6.background.color',
			'scenes.2.transition.color',
			'scenes.0.layers.0.color',
			'scenes.0.layers.1.logo.color',
			'scenes.1.layers.0.color',
		],
	);
});

KnownColors('a near miss names what was meant, and a brand cannot be made of itself', () => {
	assert.match(problems({ ctas: { go: { text: 'Go', color: 'brand.primry' } } })[0]!, /did you mean "brand\.primary"/);
	assert.match(problems({ ctas: { go: { text: 'Go', color: 'url(//x)' } } })[0]!, /write #rrggbb/);
	assert.is(problems({ brand: { name: 'A', colors: { primary: 'brand.primary' } } }).length, 1);
});

KnownColors.run();

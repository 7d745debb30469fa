import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { collectNeeds } from '../../src/compiler/collect-needs.ts';
import { checked } from '../support/specs.ts';

const Needs = suite('compiler/collect-needs');

const { spec } = checked({
	brand: { name: 'Acme', logo: 'logo.svg', fonts: { heading: 'Inter', body: 'DM Sans' } },
	ctas: { a: { text: 'A', icon: 'user' }, b: { text: 'B' }, c: { text: 'C', icon: 'user' } },
	scenes: [
		{ id: 'one', layers: [{ text: 'x' }, { image: 'hero.png' }] },
		{ id: 'two', layers: [{ image: 'logo.svg' }, { image: 'hero.png' }, { image: 'end.png' }] },
	],
});

Needs('each image, family and icon is needed once, in the order of the spec, the moods’ families last', () => {
	assert.equal(collectNeeds(spec, ['Fraunces', 'Inter']).needs, {
		images: ['logo.svg', 'hero.png', 'end.png'],
		fontFamilies: ['Inter', 'DM Sans', 'Fraunces'],
		icons: ['user'],
		components: [],
		propsSchemas: [],
	});
});

Needs('each need knows where it is first written', () => {
	const { placeOf } = collectNeeds(spec, ['Fraunces', 'Inter']);
	assert.equal(placeOf({ kind: 'image', name: 'hero.png' }), ['scenes', 0, 'layers', 1, 'image']);
	assert.equal(placeOf({ kind: 'image', name: 'logo.svg' }), ['brand', 'logo']);
	assert.equal(placeOf({ kind: 'fontFamily', name: 'Inter' }), ['brand', 'fonts', 'heading']);
	assert.equal(placeOf({ kind: 'fontFamily', name: 'Fraunces' }), []);
	assert.equal(placeOf({ kind: 'icon', name: 'user' }), ['ctas', 'a', 'icon']);
});

Needs('a picture in the background is an image like any other', () => {
	const { spec: pictured } = checked({
		scenes: [
			{ id: 'one', background: { type: 'image', path: 'room.jpg' } },
			{ id: 'two', layers: [{ image: 'room.jpg' }] },
		],
	});
	const { needs, placeOf } = collectNeeds(pictured, []);
	assert.equal(needs.images, ['room.jpg']);
	assert.equal(placeOf({ kind: 'image', name: 'room.jpg' }), ['scenes', 0, 'background', 'path']);
});

Needs('a component, and a file that says what props it takes, is needed once, wherever it is written', () => {
	const { spec: own } = checked({
		scenes: [
			{ id: 'one', layers: [{ group: [{ component: 'a.tsx', propsSchema: 'a.json' }] }, { component: 'b.tsx', propsSchema: {} }] },
			{ id: 'two', layers: [{ component: 'a.tsx', propsSchema: 'a.json' }] },
		],
	});
	const { needs, placeOf } = collectNeeds(own, []);
	assert.equal([needs.components, needs.propsSchemas], [['a.tsx', 'b.tsx'], ['a.json']]);
	assert.equal(placeOf({ kind: 'component', name: 'a.tsx' }), ['scenes', 0, 'layers', 0, 'group', 0, 'component']);
	assert.equal(placeOf({ kind: 'propsSchema', name: 'a.json' }), ['scenes', 0, 'layers', 0, 'group', 0, 'propsSchema']);
});

Needs('an asset of a provider that cannot be asked is not needed: the provider is the error', () => {
	const asked = (provider: string) => ({ generatedImage: { prompt: 'a hill' }, provider });
	const { spec: own } = checked({
		assets: { hill: asked('midjourney'), sea: asked('openai'), bed: { generatedMusic: { prompt: 'a song' }, provider: 'suno' } } as never,
		music: 'asset.bed',
		scenes: [{ id: 'one', layers: [{ image: 'asset.hill' }, { image: 'asset.sea' }] }],
	});
	const { needs } = collectNeeds(own, []);
	assert.equal([needs.images, needs.sounds], [['asset.sea'], undefined]);
});

Needs('a spec without any needs nothing', () => {
	assert.equal(collectNeeds(checked({}).spec, []).needs, { images: [], fontFamilies: [], icons: [], components: [], propsSchemas: [] });
});

Needs.run();

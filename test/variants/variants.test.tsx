import type { ReactNode } from 'react';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { CellContext } from '../../src/variants/cell-context.ts';
import { chooseCta } from '../../src/variants/cta-slot.tsx';
import {
	AdaptiveContent,
	CTASlot,
	ForDuration,
	ForPlatform,
	useCta,
	useDuration,
	usePlatform,
	useVariant,
	Variant,
} from '../../src/variants/index.ts';
import { cellName, cellsOf, ctaName } from '../../src/variants/matrix.ts';

const Variants = suite('variants');

// The package brings no types, and nothing else here needs them.
const server = 'react-dom/server';
const { renderToStaticMarkup } = (await import(server)) as { readonly renderToStaticMarkup: (node: ReactNode) => string };

const axes = {
	platforms: [
		{ name: 'tiktok', width: 1080, height: 1920, fps: 30 },
		{ name: 'youtube', width: 1920, height: 1080 },
		{ name: 'instagram-feed', width: 1080, height: 1080, fps: 25 },
		{ name: 'instagram-story', width: 1080, height: 1920 },
	],
	durations: [15, 30, 60],
	variants: [{ name: 'professional', mood: 'sophisticated' }, 'playful'],
	ctas: ['Learn More', 'Shop Now', 'Sign Up Free'],
};
const cells = cellsOf(axes);
const cellAt = (name: string) => cells.find((cell) => cellName(cell) === name)!;
const draw = (name: string, content: ReactNode): string =>
	renderToStaticMarkup(<CellContext.Provider value={cellAt(name)}>{content}</CellContext.Provider>);

Variants('the matrix of the documents has 72 cells, each with its size, rate and whole frames', () => {
	assert.is(cells.length, 72);
	assert.is(new Set(cells.map(cellName)).size, 72);
	assert.equal(cellAt('instagram-feed/15s/playful/shop-now'), {
		platform: { name: 'instagram-feed', width: 1080, height: 1080, fps: 25 },
		duration: 15,
		frames: 375,
		variant: { name: 'playful', mood: null },
		cta: 'shop-now',
	});
});

Variants('axes that are left out have one value', () => {
	const [only, ...more] = cellsOf({ platforms: [axes.platforms[0]!], durations: [2] });
	assert.equal([only!.variant, only!.cta, more], [{ name: 'default', mood: null }, null, []]);
});

for (const [what, wrong] of [
	['an empty axis', { durations: [] }],
	['a value twice', { durations: [15, 15] }],
	['calls to action of one name', { ctas: ['Shop Now', 'shop-now'] }],
	['an odd size', { platforms: [{ name: 'odd', width: 101, height: 100 }] }],
	['a length of nothing', { durations: [0] }],
	['a length without end', { durations: [Number.NaN] }],
	['a rate of nothing', { platforms: [{ name: 'still', width: 10, height: 10, fps: 0 }] }],
] as const) {
	Variants(`${what} is refused`, () =>
		assert.throws(
			() => cellsOf({ ...axes, ...wrong }),
			(error: Error) => error instanceof RangeError,
		),
	);
}

const content = (
	<AdaptiveContent>
		<b />
		<ForPlatform include={['tiktok', 'instagram-story']}>upright </ForPlatform>
		<ForPlatform exclude={['tiktok']}>not-tiktok </ForPlatform>
		<ForDuration min={30}>long </ForDuration>
		<ForDuration max={15}>short </ForDuration>
		<ForDuration min={15} max={30}>
			middle{' '}
		</ForDuration>
		<Variant name="playful">playful </Variant>
		<Variant mood="sophisticated">sophisticated </Variant>
	</AdaptiveContent>
);

for (const [name, shown] of [
	['tiktok/15s/professional/learn-more', 'upright short middle sophisticated '],
	['tiktok/30s/playful/learn-more', 'upright long middle playful '],
	['youtube/60s/professional/shop-now', 'not-tiktok long sophisticated '],
	['instagram-story/15s/playful/shop-now', 'upright not-tiktok short middle playful '],
] as const) {
	Variants(`${name} shows ${shown.trim()}, and what is always shown`, () => assert.is(draw(name, content), `<b></b>${shown}`));
}

const Told = (): ReactNode => {
	const { name, mood } = useVariant();
	const { aspect, fps, ...platform } = usePlatform();
	return [name, mood, platform.name, aspect, fps, useDuration(), useCta()].join(' ');
};

Variants('the hooks tell the cell', () => {
	assert.is(draw('instagram-feed/30s/professional/shop-now', <Told />), 'professional sophisticated instagram-feed square 25 30 shop-now');
	assert.throws(() => renderToStaticMarkup(<Told />), /put the component into a <VariantMatrix>/);
});

const variants = { 'learn-more': { text: 'Learn More', color: 'blue', icon: 'arrow' }, 'shop-now': { text: 'Shop Now' } } as const;

Variants('a slot draws the call to action of its cell, else the default', () => {
	const slot = <CTASlot variants={variants} default="learn-more" />;
	assert.match(draw('tiktok/15s/playful/shop-now', slot), '<span>Shop Now</span>');
	const fallback = draw('tiktok/15s/playful/sign-up-free', slot);
	assert.match(fallback, '<span>Learn More</span>');
	assert.match(fallback, 'M5 12h14');
	const own = <CTASlot variants={variants}>{(look, name) => `${name}: ${look.text}`}</CTASlot>;
	assert.is(draw('tiktok/15s/playful/shop-now', own), 'shop-now: Shop Now');
});

Variants('a slot without the call to action and without a default says so, and so does an icon that there is not', () => {
	assert.throws(() => chooseCta('sign-up-free', variants, undefined), /no variant for "sign-up-free".*learn-more, shop-now/);
	assert.throws(() => chooseCta(null, variants, 'gone'), /without calls to action/);
	assert.throws(
		() => draw('tiktok/15s/playful/shop-now', <CTASlot variants={{ 'shop-now': { text: 'x', icon: 'kart' as 'cart' } }} />),
		/no icon "kart"/,
	);
});

Variants('a text and a name are one call to action', () => {
	assert.equal(['Learn More', 'learn-more', ' Café & Bar! '].map(ctaName), ['learn-more', 'learn-more', 'café-bar']);
});

Variants.run();

import type { ReactNode } from 'react';
import { Internals } from 'remotion';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { AssetsProvider, StockIcon, StockImage, useCaptions } from '../../src/assets/index.ts';
import { DataText } from '../../src/data/index.ts';
import { guarded } from '../../src/runtime/guarded.ts';
import { CTASlot } from '../../src/variants/index.ts';

const Guarded = suite('runtime/guarded');

// The package brings no types, and nothing else here needs them.
const server = 'react-dom/server';
const { renderToStaticMarkup } = (await import(server)) as { readonly renderToStaticMarkup: (node: ReactNode) => string };

type Handle = { readonly timeout: ReturnType<typeof setTimeout> };

/** What a page says of itself, and what it throws. */
const drawn = (node: ReactNode, isRendering: boolean) => {
	const handles: Record<string, Handle> = {};
	const page = {
		remotion_renderReady: true,
		remotion_delayRenderHandles: [],
		remotion_delayRenderTimeouts: handles,
		remotion_puppeteerTimeout: 60_000,
		remotion_attempt: 1,
		remotion_cancelledError: undefined as string | undefined,
	};
	const environment = { isRendering, isClientSideRendering: false, isPlayer: false, isStudio: !isRendering, isReadOnlyStudio: false };
	let thrown: unknown = null;
	try {
		renderToStaticMarkup(
			<Internals.RemotionEnvironmentContext.Provider value={environment}>
				<Internals.DelayRenderContextType.Provider value={page as never}>{node}</Internals.DelayRenderContextType.Provider>
			</Internals.RemotionEnvironmentContext.Provider>,
		);
	} catch (error) {
		thrown = error;
	}
	for (const { timeout } of Object.values(handles)) clearTimeout(timeout);
	return { thrown, ready: page.remotion_renderReady, cancelled: page.remotion_cancelledError };
};

const Broken = guarded((): ReactNode => {
	throw new Error('nothing to show');
});
const Captions = (): ReactNode => useCaptions().length;
const empty = { formatVersion: 1, entries: [] };

for (const [what, node, says] of [
	['a component that throws', <Broken key="" />, /nothing to show/],
	[
		'an asset that is not there',
		<AssetsProvider key="" value={empty}>
			<StockImage name="gone" />
		</AssetsProvider>,
		/StockImage: the stockImage "gone" is not in the manifest/,
	],
	['an icon without a manifest', <StockIcon key="" name="gone" />, /StockIcon finds its file in a manifest/],
	['a manifest that is none', <AssetsProvider key="" value={{ formatVersion: 0, entries: [] }} />, /no asset manifest of format/],
	['captions of no voice', <Captions key="" />, /put its component into a <VoiceOver>/],
	['a call to action outside of a cell', <CTASlot key="" variants={{}} />, /there is no variant here/],
	['a field that has no value', <DataText key="" field="name" />, /"name"/],
] as const) {
	Guarded(`${what} cancels a render, which never counts as ready`, () => {
		const { thrown, ready, cancelled } = drawn(node, true);
		assert.instance(thrown, Error);
		assert.match(cancelled ?? '', says);
		assert.is(ready, false);
	});
	Guarded(`${what} is an error in a preview, and no more`, () => {
		const { thrown, ready, cancelled } = drawn(node, false);
		assert.instance(thrown, Error);
		assert.equal([ready, cancelled], [true, undefined]);
	});
}

Guarded.run();

import { runInNewContext } from 'node:vm';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { PAGE_GUARD } from '../../src/batch/page-guard.ts';

const Guard = suite('batch/page-guard');

type Told = { readonly error: unknown; readonly message: string };
type Page = { remotion_cancelledError?: string; remotion_renderReady?: boolean };

/** A page in which these errors are told of, and which then says that it is ready. */
const pageAfter = (...errors: readonly Told[]): Page => {
	const window: Page = {};
	const listeners: ((told: Told) => void)[] = [];
	// The page's own errors are errors of its own world.
	runInNewContext(PAGE_GUARD, { window, Error, addEventListener: (_type: string, listen: (told: Told) => void) => listeners.push(listen) });
	for (const error of errors) for (const listen of listeners) listen(error);
	window.remotion_renderReady = true;
	return window;
};

for (const [title, error, message, cancelled] of [
	['an error', new Error('gone'), 'Uncaught Error: gone', 'gone\n'],
	['a text', 'gone', 'Uncaught gone', 'gone'],
	['a false value', 0, 'Uncaught 0', '0'],
	['null', null, 'Uncaught null', 'Uncaught null'],
	['undefined', undefined, 'Uncaught undefined', 'Uncaught undefined'],
] as const)
	Guard(`${title} that is thrown cancels the render, and the page never counts as ready`, () => {
		const page = pageAfter({ error, message });
		assert.ok(page.remotion_cancelledError?.startsWith(cancelled), page.remotion_cancelledError);
		assert.is(page.remotion_renderReady, false);
	});

Guard('the remarks of the browser cancel nothing', () => {
	const message = 'ResizeObserver loop completed with undelivered notifications.';
	assert.equal(pageAfter({ error: null, message }, { error: undefined, message }), { remotion_renderReady: true });
});

Guard('the first of several errors is the one that is told', () => {
	const first = { error: 'first', message: 'Uncaught first' };
	assert.is(pageAfter(first, { error: 'second', message: 'Uncaught second' }).remotion_cancelledError, 'first');
});

Guard.run();

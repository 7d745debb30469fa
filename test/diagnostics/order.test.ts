import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import { orderDiagnostics } from '../../src/diagnostics/order.ts';
import { quote } from '../../src/diagnostics/visible.ts';

const Order = suite('diagnostics/order');

const at = (file: string, start: number, summary: string): Diagnostic => ({
	code: 'RF2000',
	severity: 'error',
	summary,
	range: { file, start, end: start + 1 },
});

Order('diagnostics follow file and place, keep their order at one place, and those without a place come last', () => {
	const nowhere: Diagnostic = { code: 'RF5001', severity: 'error', summary: 'nowhere' };
	const given = [nowhere, at('b', 1, 'b1'), at('a', 9, 'a9'), at('a', 2, 'second'), at('a', 2, 'first')];
	assert.equal(
		orderDiagnostics(given).map((d) => d.summary),
		['second', 'first', 'a9', 'b1', 'nowhere'],
	);
	assert.is(given[0], nowhere);
});

Order('the same problem at the same place is said once', () => {
	assert.is(orderDiagnostics([at('a', 1, 'x'), at('a', 1, 'x'), at('a', 1, 'y'), at('a', 2, 'x')]).length, 3);
});

Order('a quoted text is one line, without controls, and not longer than sixty characters', () => {
	assert.is(quote('a\nb\u001b\u202e'), '"a␊b␛\ufffd"');
	assert.is(quote('x'.repeat(100)), `"${'x'.repeat(59)}…"`);
	assert.is(quote(`${'x'.repeat(58)}😀yy`), `"${'x'.repeat(58)}…"`);
});

Order.run();

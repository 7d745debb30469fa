import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { withUnsaid } from '../../src/cli/with-unsaid.ts';
import type { Code } from '../../src/diagnostics/codes.ts';
import { type Diagnostic, errorAt, fail, succeed } from '../../src/diagnostics/diagnostic.ts';

const WithUnsaid = suite('cli/with-unsaid');

const problem = (code: Code): Diagnostic => errorAt({ file: 'a.yaml', start: 0, end: 1 }, code, 'wrong', 'mend it');

WithUnsaid('why a sentence cannot be said takes the place of the scenes that wait for it', () => {
	const outcome = withUnsaid(fail(problem('RF3018'), problem('RF3075')), [problem('RF4221')]);
	assert.not.ok(outcome.ok);
	assert.equal(
		outcome.diagnostics.map(({ code }) => code),
		['RF3018', 'RF4221'],
	);
});

WithUnsaid('what compiles without a sentence fails for it', () => assert.not.ok(withUnsaid(succeed(1), [problem('RF4227')]).ok));

WithUnsaid('with everything said nothing changes', () => {
	const outcome = fail(problem('RF3075'));
	assert.is(withUnsaid(outcome, []), outcome);
});

WithUnsaid.run();

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { confirmLarge } from '../../src/cli/confirm.ts';
import type { CliContext } from '../../src/cli/context.ts';
import { UsageError } from '../../src/cli/usage-error.ts';

const Confirm = suite('cli/confirm');

type Case = { readonly outputs: number; readonly yes?: boolean; readonly json?: boolean; readonly answer: string | null };

const confirm = async ({ outputs, yes = false, json = false, answer }: Case) => {
	const asked: string[] = [];
	const told: string[] = [];
	const ask = async (question: string): Promise<string> => {
		asked.push(question);
		return answer ?? '';
	};
	const context = { ask: answer === null ? null : ask, stderr: { write: (text: string) => told.push(text) } } as unknown as CliContext;
	return { goesOn: await confirmLarge(context, { outputs, yes, json }), asked, told };
};

for (const [title, given, goesOn, questions] of [
	['up to 500 videos are rendered without a question', { outputs: 500, answer: null }, true, 0],
	['--yes is an answer', { outputs: 10_000, yes: true, answer: null }, true, 0],
	['a person says yes', { outputs: 501, answer: ' Y ' }, true, 1],
	['or yes in full', { outputs: 501, answer: 'yes' }, true, 1],
	['nothing is no', { outputs: 501, answer: '' }, false, 1],
	['what begins like yes is no', { outputs: 501, answer: 'yesterday' }, false, 1],
] as const)
	Confirm(title, async () => {
		const { asked, told, ...rest } = await confirm(given);
		assert.is(rest.goesOn, goesOn);
		assert.is(asked.length, questions);
		assert.is(told.length, goesOn ? 0 : 1);
	});

Confirm('where nobody can be asked, or a program reads along, it is a usage error', async () => {
	for (const given of [
		{ outputs: 12_345, answer: null },
		{ outputs: 12_345, json: true, answer: 'y' },
	]) {
		try {
			await confirm(given);
			assert.unreachable();
		} catch (error) {
			assert.instance(error, UsageError);
			assert.match((error as UsageError).message, 'this is 12,345 videos: say --yes to render more than 500');
		}
	}
});

Confirm.run();

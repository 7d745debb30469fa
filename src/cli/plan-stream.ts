import type { CompileOptions, StreamedLine, StreamSummary } from '../compiler/pipeline.ts';
import { fail } from '../diagnostics/diagnostic.ts';
import { unreachable } from '../model/unreachable.ts';
import { type LiveMoment, SourceFailure } from '../ports/data-sources.ts';
import type { CliContext } from './context.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { refuseCompilation, reportRows } from './load-campaign.ts';
import { reportDiagnostics } from './report.ts';
import { jsonLine } from './views/json.ts';
import { soundLines, streamSumLine } from './views/plan.ts';
import { rowProblemJson } from './views/row-problems.ts';
import type { StreamResult } from './wiring.ts';

type Streaming = { readonly options: CompileOptions; readonly live: LiveMoment; readonly lines: boolean };

/** Writes are this long at least: one for each line would take longer than the plan. */
const CHUNK = 65_536;

/** Plans any number of recipients: every line on stdout, or only the sum of them for a person. */
export const planStream = async (context: CliContext, file: string, { options, live, lines }: Streaming): Promise<ExitCode> => {
	const plan = await (await context.wiring()).streamPlan(file, options, live);
	if ('refused' in plan) return refuseCompilation(context, plan.refused, lines);
	const { stdout } = context;
	const { campaign, sources } = plan;
	let waiting = lines ? jsonLine({ type: 'plan', campaign }, true) : '';
	try {
		for await (const group of plan.lines) {
			if (!lines) continue;
			for (const line of group) waiting += jsonLine(streamedJson(line), false);
			if (waiting.length < CHUNK) continue;
			stdout.write(waiting);
			waiting = '';
			await stdout.drained();
		}
	} catch (error) {
		if (!(error instanceof SourceFailure)) throw error;
		return refuseCompilation(
			context,
			{
				...EMPTY,
				file,
				sources,
				outcome: fail({ code: error.code, severity: 'error', summary: `${error.source}: ${error.message}`, hint: error.hint }),
			},
			false,
		);
	}
	const result = plan.result();
	if (lines) stdout.write(waiting + closingLines(result));
	reportRows(context, { file, rows: { ...result.rows, outputs: result.summary.outputs } });
	reportDiagnostics(context, { file, diagnostics: [...plan.diagnostics, ...result.refusals], sources });
	if (result.refusals.length > 0) return EXIT.invalid;
	if (!lines) stdout.write(`${[...soundLines(result.summary), streamSumLine(result.summary)].join('\n')}\n`);
	return EXIT.done;
};

const EMPTY = { namedFiles: null, axes: null, assetFile: () => null, rows: null, components: [] };

const streamedJson = (line: StreamedLine): object => {
	switch (line.type) {
		case 'output':
			return { type: line.type, ...line.output };
		case 'segment':
			return { type: line.type, ...line.segment };
		case 'mix':
			return { type: line.type, ...line.mix };
		default:
			return unreachable(line);
	}
};

const closingLines = ({ rows, summary }: StreamResult): string =>
	[
		...rows.problems.map((problem) => jsonLine({ type: 'row-problem', ...rowProblemJson(problem) }, false)),
		jsonLine(closing(summary, rows), false),
	].join('');

const closing = (summary: StreamSummary, { good, bad }: StreamResult['rows']): object => ({
	type: 'summary',
	summary,
	rows: { good, bad },
});

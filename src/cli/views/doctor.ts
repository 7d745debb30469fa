import type { Colors } from '../terminal.ts';
import { chosenLink, type ToolLink, type ToolReport } from '../tool-report.ts';
import type { MachineReport } from '../wiring.ts';
import { jsonDocument } from './json.ts';
import { fileSize, quantity } from './quantities.ts';
import { table } from './table.ts';

export type CheckStatus = 'ok' | 'warning' | 'missing';

/** One thing that was looked at. `links` are the places of a resolution chain, in the order in which they are asked. */
export type Check = {
	readonly name: string;
	readonly status: CheckStatus;
	readonly summary: string;
	readonly links: readonly ToolLink[];
};

/** `20.19.0` and above will do. */
const NEEDED_NODE = [20, 19] as const;

/** Everything that a render depends on. A `missing` check means that this machine cannot render. */
export const doctorChecks = (nodeVersion: string, machine: MachineReport): readonly Check[] => [
	nodeCheck(nodeVersion),
	...machine.tools.map(toolCheck),
	remotionCheck(machine.remotionVersions),
	{
		name: 'fonts',
		status: machine.fontFamilies.length > 0 ? 'ok' : 'missing',
		summary: machine.fontFamilies.join(', ') || 'no @fontsource family is installed',
		links: [],
	},
	{
		name: 'store',
		status: 'ok',
		summary: `${quantity(machine.store.segments, 'segment')}, ${fileSize(machine.store.bytes)} in .reelform/store`,
		links: [],
	},
];

const nodeCheck = (version: string): Check => {
	const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number);
	const isEnough = major > NEEDED_NODE[0] || (major === NEEDED_NODE[0] && minor >= NEEDED_NODE[1]);
	return { name: 'node', status: isEnough ? 'ok' : 'missing', summary: `${version} (needs ${NEEDED_NODE.join('.')} or newer)`, links: [] };
};

const toolCheck = (report: ToolReport): Check => {
	const chosen = chosenLink(report);
	const summary =
		chosen === null ? 'none of the places below has one that works' : `${chosen.version ?? 'unknown version'}, from ${chosen.name}`;
	return { name: report.tool, status: chosen === null ? 'missing' : 'ok', summary, links: report.links };
};

/** The packages of the family talk to each other without checking: different versions fail in ways that name no cause. */
const remotionCheck = (versions: ReadonlyMap<string, string>): Check => {
	const distinct = [...new Set(versions.values())];
	const name = 'remotion';
	if (distinct.length === 1) return { name, status: 'ok', summary: `${distinct[0]}, all ${quantity(versions.size, 'package')}`, links: [] };
	const list = [...versions].map(([packageName, version]) => `${packageName} ${version}`).join(', ');
	return { name, status: 'missing', summary: distinct.length === 0 ? 'not installed' : `different versions: ${list}`, links: [] };
};

const LABELS: Readonly<Record<CheckStatus, string>> = { ok: 'ok', warning: 'warning', missing: 'MISSING' };

export const doctorText = (checks: readonly Check[], colors: Colors): string => {
	const tints = { ok: colors.green, warning: colors.yellow, missing: colors.red };
	const lines = checks.flatMap(({ name, status, summary, links }) => [
		`${tints[status](LABELS[status].padEnd(8))} ${colors.bold(name.padEnd(9))} ${summary}`,
		...linkLines(links).map((line) => colors.dim(line)),
	]);
	const missing = checks.filter((check) => check.status === 'missing').map((check) => check.name);
	const verdict = missing.length === 0 ? 'This machine can render.' : `This machine cannot render: ${missing.join(', ')}.`;
	return [...lines, '', verdict, ''].join('\n');
};

/** The places of a chain, each with why it was taken or passed over. */
export const linkLines = (links: readonly ToolLink[]): readonly string[] =>
	table(
		[
			{ title: '', align: 'left' },
			{ title: '', align: 'left' },
			{ title: '', align: 'left' },
		],
		links.map(({ name, state, path, why }) => [
			`        ${state === 'chosen' ? '>' : ' '} ${name}`,
			state.replace('-', ' '),
			path === null ? why : `${why}: ${path}`,
		]),
	);

export const doctorJson = (checks: readonly Check[]): string =>
	jsonDocument({ ok: checks.every((check) => check.status !== 'missing'), checks });

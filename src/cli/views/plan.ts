import type { RenderPlan } from '../../model/render-plan.ts';
import type { Colors } from '../terminal.ts';
import { outputLines, renderLines } from './plan-table.ts';
import { count, percent, quantity, timeSpan } from './quantities.ts';

/** Whether executing the plan would change anything. */
export const isClean = (plan: RenderPlan): boolean =>
	plan.summary.frames.toRender === 0 && plan.changes.every((change) => change.change === 'unchanged');

/** The whole plan for a person: outputs, what is rendered and why, and one line that sums it up. */
export const planText = (plan: RenderPlan, colors: Colors): string => {
	if (isClean(plan)) return `${sumLine(plan)}\n`;
	const pending = renderLines(plan);
	const { segments } = plan.summary;
	return [
		colors.bold(plan.campaign),
		...outputLines(plan, colors),
		'',
		...(pending.length === 0
			? []
			: [`${colors.bold('To render')}: ${count(segments.toRender)} of ${quantity(segments.unique, 'segment')}`, ...pending, '']),
		...soundLines(plan.summary, plan.mixes),
		sumLine(plan),
		'',
	].join('\n');
};

/**
 * `Voice: 5,000 sentences, 1,004 different, 4 to say` and `Sound: 1,000 mixes, 4 to make (changed: music seed)`; nothing for a campaign without sound.
 * Why is only said where the mixes are held.
 */
export const soundLines = (
	{ mixes, sentences }: Pick<RenderPlan['summary'], 'mixes' | 'sentences'>,
	planned: RenderPlan['mixes'] = [],
): readonly string[] => [
	...(sentences === undefined
		? []
		: [`Voice: ${quantity(sentences.total, 'sentence')}, ${count(sentences.distinct)} different, ${count(sentences.toSynthesize)} to say`]),
	...(mixes === undefined
		? []
		: [`Sound: ${quantity(mixes.unique, 'mix', 'mixes')}, ${count(mixes.toRender)} to make${whyMixed(planned)}`]),
];

const MOST_REASONS = 3;

const whyMixed = (planned: NonNullable<RenderPlan['mixes']>): string => {
	const reasons = [...new Set(planned.filter(({ action }) => action === 'render').map(({ reason }) => reason))];
	if (reasons.length === 0) return '';
	const more = reasons.length - MOST_REASONS;
	return ` (${reasons.slice(0, MOST_REASONS).join('; ')}${more > 0 ? `; and ${count(more)} more` : ''})`;
};

/** The same for a plan of which only the sums are held. */
export const streamSumLine = ({ outputs, frames }: Pick<RenderPlan['summary'], 'outputs' | 'frames'>): string => {
	const saved = frames.total === 0 ? 0 : 1 - frames.toRender / frames.total;
	return `Plan: ${quantity(outputs, 'output')}, ${count(frames.toRender)} of ${quantity(frames.total, 'frame')} to render (${percent(saved)} reused or shared)`;
};

/** `Plan: 72 outputs, 5,480 of 64,800 frames to render (91.5 % reused or shared), about 3m10s`. */
export const sumLine = (plan: RenderPlan): string => {
	const { outputs } = plan.summary;
	if (isClean(plan)) return `Nothing to do: ${outputs === 1 ? '1 output is' : `${count(outputs)} outputs are`} up to date`;
	return workLine(plan.summary);
};

/** What is drawn for how many outputs, whatever is there already: a render may have another folder than the last one. */
export const workLine = ({ outputs, frames, estimate }: RenderPlan['summary']): string => {
	const saved = frames.total === 0 ? 0 : 1 - frames.toRender / frames.total;
	const cost = `${count(frames.toRender)} of ${quantity(frames.total, 'frame')} to render (${percent(saved)} reused or shared)`;
	const time = frames.toRender === 0 ? '' : `, ${estimate.basis === 'measured' ? 'about' : 'roughly'} ${timeSpan(estimate.seconds)}`;
	return `Plan: ${quantity(outputs, 'output')}, ${cost}${time}`;
};

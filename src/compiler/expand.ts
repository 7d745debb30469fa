import { conclude, type Diagnostic, type Outcome } from '../diagnostics/diagnostic.ts';
import type { CampaignSpec } from '../model/campaign-spec.gen.ts';
import type { Cell } from '../model/cell.ts';
import type { Platform } from '../model/platform.ts';
import { type Seconds, toSeconds } from '../model/units.ts';
import type { CheckedSpec } from './checked-spec.ts';
import { matchesAxes } from './matches-when.ts';
import { resolvePlatform } from './platforms.ts';

const DEFAULT_VARIANTS: NonNullable<CampaignSpec['variants']> = { default: { mood: 'sophisticated' } };

/**
 * Stage 4. Every cell of the matrix in the order in which the axes are written: platform slowest, CTA fastest.
 * A platform that does not accept a duration is an error; so is a matrix with no cell left.
 */
export const expand = (checked: CheckedSpec, options: { readonly draft: boolean }): Outcome<readonly Cell[]> => {
	const { spec } = checked;
	const include = spec.matrix?.include;
	const exclude = spec.matrix?.exclude ?? [];
	const platforms = spec.platforms.map((platform) => resolvePlatform(platform, options));
	const cells = platforms
		.flatMap((platform) => spec.durations.flatMap((duration) => cellsOf(spec, platform, toSeconds(duration))))
		.filter(
			(cell) =>
				(include === undefined || include.some((filter) => matchesAxes(filter, cell))) &&
				!exclude.some((filter) => matchesAxes(filter, cell)),
		);

	const problems = platformLimits(checked, cells);
	if (cells.length === 0) {
		problems.push({
			code: 'RF3006',
			severity: 'error',
			summary: 'the matrix leaves no output',
			range: checked.rangeOf(['matrix'], 'key'),
			hint: 'loosen `matrix.include` or `matrix.exclude`',
		});
	}
	return conclude(cells, problems);
};

const cellsOf = (spec: CampaignSpec, platform: Platform, seconds: Seconds): readonly Cell[] => {
	const named = Object.entries(spec.ctas ?? {})
		.filter(([name]) => spec.matrix?.ctas?.includes(name) ?? true)
		.map(([name, cta]) => ({ name, spec: cta }));
	const ctas = named.length === 0 ? [null] : named;
	return Object.entries(spec.variants ?? DEFAULT_VARIANTS).flatMap(([variant, { mood }]) =>
		ctas.map((cta) => ({
			id: [platform.name, `${seconds}s`, variant, ...(cta === null ? [] : [cta.name])].join('/'),
			platform,
			seconds,
			variant,
			mood,
			cta,
		})),
	);
};

const platformLimits = (checked: CheckedSpec, cells: readonly Cell[]): Diagnostic[] => {
	const problems = new Map<string, Diagnostic>();
	for (const { platform, seconds } of cells) {
		const { minSeconds, maxSeconds } = platform.limits;
		if (seconds >= minSeconds && seconds <= maxSeconds) continue;
		const index = checked.spec.durations.findIndex((written) => toSeconds(written) === seconds);
		problems.set(`${platform.name} ${seconds}`, {
			code: 'RF3010',
			severity: 'error',
			summary: `${platform.name} takes videos of ${minSeconds} to ${maxSeconds} s, not of ${seconds} s`,
			range: checked.rangeOf(['durations', index]),
			hint: `change the duration, or exclude it: matrix: {exclude: [{platform: ${platform.name}, duration: ${seconds}}]}`,
		});
	}
	return [...problems.values()];
};

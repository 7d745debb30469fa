import type { CSSProperties, ReactNode } from 'react';
import type { Drawing, TextRun, TextStyle } from '../model/drawing.ts';
import type { FontFile } from '../model/segment-message.ts';
import { familyOf } from './font-family.ts';

type TextDrawing = Extract<Drawing, { type: 'text' }>;

const JUSTIFY = { left: 'flex-start', center: 'center', right: 'flex-end' } as const;

/**
 * One line. A strut beside it has its baseline at a known height, and the text is aligned to the strut's: so the line stands
 * on `baseline` whatever ascent its font declares, and without the rounding that line boxes do.
 */
export const DrawText = ({ drawing, fonts }: { readonly drawing: TextDrawing; readonly fonts: readonly FontFile[] }): ReactNode => {
	const strut = Math.ceil(drawing.style.size * 2);
	return (
		<div style={{ ...ROW, ...rowPlace(drawing, strut) }}>
			<div style={{ width: 0, height: strut, flex: 'none' }} />
			<div style={{ ...LINE, ...lineStyle(drawing, fonts) }}>
				{drawing.runs.map((run, index) => (
					// biome-ignore lint/suspicious/noArrayIndexKey: the runs of a drawing never change
					<span key={index} style={{ color: run.color, ...faceStyle(run, drawing, fonts) }}>
						{run.text}
					</span>
				))}
			</div>
		</div>
	);
};

const ROW: CSSProperties = { position: 'absolute', display: 'flex', alignItems: 'baseline' };

const LINE: CSSProperties = {
	flex: 'none',
	whiteSpace: 'pre',
	lineHeight: 1,
	fontKerning: 'normal',
	// Measured without ligatures too: tracked text has none in any browser, and one rule for all keeps widths exact.
	fontVariantLigatures: 'none',
	fontSynthesis: 'none',
	fontOpticalSizing: 'none',
	textRendering: 'geometricPrecision',
};

const rowPlace = ({ box, baseline, align }: TextDrawing, strut: number): CSSProperties => ({
	left: box.x,
	width: box.width,
	top: baseline - strut,
	justifyContent: JUSTIFY[align],
});

const faceStyle = ({ face }: TextRun, { style }: TextDrawing, fonts: readonly FontFile[]): CSSProperties =>
	face === undefined ? {} : { fontFamily: familyOf({ ...face, italic: style.italic }, fonts), fontWeight: face.weight };

/** A line that fallbacks draw alone stands on the first of them: the message need not have a file of the style's own family. */
const lineFace = (runs: readonly TextRun[], style: TextStyle, fonts: readonly FontFile[]): CSSProperties => {
	const lead = runs.length > 0 && runs.every(({ face }) => face !== undefined) ? runs[0]!.face! : style;
	return { fontFamily: familyOf({ family: lead.family, weight: lead.weight, italic: style.italic }, fonts), fontWeight: lead.weight };
};

const lineStyle = ({ style, runs, direction }: TextDrawing, fonts: readonly FontFile[]): CSSProperties => ({
	...(direction === undefined ? {} : { direction }),
	...lineFace(runs, style, fonts),
	fontStyle: style.italic ? 'italic' : 'normal',
	fontSize: style.size,
	fontVariantNumeric: style.tabular ? 'lining-nums tabular-nums' : 'lining-nums',
	// Browsers track after the last glyph as well: taken back, so that the ink is centred and not the gap.
	...(style.tracking === 0 ? {} : { letterSpacing: style.tracking, marginRight: -style.tracking }),
});

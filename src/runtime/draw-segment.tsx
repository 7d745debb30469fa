import type { CSSProperties, ReactNode } from 'react';
import { useCurrentFrame } from 'remotion';
import type { SceneDrawing, SegmentMessage } from '../model/segment-message.ts';
import { DrawDrawings, type Scope } from './draw-drawing.tsx';
import { paintStyle } from './paint.ts';

const WHOLE: CSSProperties = { position: 'absolute', inset: 0, overflow: 'hidden' };

/** Every pixel is painted: what lies behind the page differs between the ways to capture it. */
const BASE: CSSProperties = { ...WHOLE, backgroundColor: '#000000' };

/** A segment at the current frame, which counts from the segment's first. */
export const DrawSegment = ({ message }: { readonly message: SegmentMessage }): ReactNode => {
	const frame = useCurrentFrame();
	const [first, second] = message.scenes;
	const scope = { frame, fonts: message.fonts };
	return (
		<div style={BASE}>
			<DrawScene scene={first} scope={scope} opacity={1} />
			{second && <DrawScene scene={second} scope={scope} opacity={opacityOfSecond(message, frame)} />}
		</div>
	);
};

/** How much of the second scene is seen, from just above 0 to just below 1: the segments around the transition show 0 and 1. */
export const opacityOfSecond = ({ transition }: Pick<SegmentMessage, 'transition'>, frame: number): number =>
	transition === null ? 1 : Math.min(1, (transition.offset + frame + 1) / (transition.frames + 1));

type SceneProps = { readonly scene: SceneDrawing; readonly scope: Scope; readonly opacity: number };

const DrawScene = ({ scene, scope, opacity }: SceneProps): ReactNode => (
	<div style={{ ...WHOLE, ...paintStyle(scene.background, { x: 0, y: 0 }), ...(opacity === 1 ? {} : { opacity }) }}>
		<DrawDrawings drawings={scene.layers} scope={scope} />
	</div>
);

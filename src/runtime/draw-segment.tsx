import type { CSSProperties, ReactNode } from 'react';
import { useCurrentFrame } from 'remotion';
import type { Canvas, SceneDrawing, SegmentMessage } from '../model/segment-message.ts';
import { AT_REST, poseAt, type ScenePose } from '../model/transitions.ts';
import { DrawDrawings, type Scope } from './draw-drawing.tsx';
import { ease } from './easing.ts';
import { paintStyle } from './paint.ts';
import { clipStyle, placeStyle } from './pose-style.ts';

const WHOLE: CSSProperties = { position: 'absolute', inset: 0, overflow: 'hidden' };

/** Every pixel is painted: what lies behind the page differs between the ways to capture it. */
const BASE: CSSProperties = { ...WHOLE, backgroundColor: '#000000' };

/** A segment at the current frame, which counts from the segment's first. */
export const DrawSegment = ({ message }: { readonly message: SegmentMessage }): ReactNode => {
	const frame = useCurrentFrame();
	const { canvas, transition } = message;
	const [first, second] = message.scenes;
	const scope = { frame, fonts: message.fonts };
	const pose = transition === null ? null : poseAt(transition, progressOf(message, frame));
	return (
		<div style={BASE}>
			<DrawScene scene={first} scope={scope} pose={pose?.first ?? AT_REST} canvas={canvas} />
			{second && <DrawScene scene={second} scope={scope} pose={pose?.second ?? AT_REST} canvas={canvas} />}
			{pose?.wash && <div style={{ ...WHOLE, backgroundColor: pose.wash.color, opacity: pose.wash.opacity }} />}
		</div>
	);
};

/** Eased progress of the transition, between 0 and 1: the segments around it show both ends. 1 without a transition. */
export const progressOf = ({ transition }: Pick<SegmentMessage, 'transition'>, frame: number): number =>
	transition === null ? 1 : ease(transition.easing, (transition.offset + frame + 1) / (transition.frames + 1));

type SceneProps = { readonly scene: SceneDrawing; readonly scope: Scope; readonly pose: ScenePose; readonly canvas: Canvas };

/** The clip stays where it is on the canvas while the scene moves beneath it, so each has an element of its own. */
const DrawScene = ({ scene, scope, pose, canvas }: SceneProps): ReactNode => (
	<div style={{ ...WHOLE, ...clipStyle(pose, canvas) }}>
		<div style={{ ...WHOLE, ...paintStyle(scene.background, { x: 0, y: 0 }), ...placeStyle(pose, canvas) }}>
			<DrawDrawings drawings={scene.layers} scope={scope} />
			{pose.shade > 0 && <div style={{ ...WHOLE, backgroundColor: '#000000', opacity: pose.shade }} />}
		</div>
	</div>
);

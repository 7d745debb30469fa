import type { ComponentLayer, CtaLayer, GroupLayer, ImageLayer, LogoLayer, ShapeLayer, TextLayer } from '../../model/campaign-spec.gen.ts';
import type { ComponentFacts, ImageFacts } from '../../model/inputs.ts';
import type { FittedText } from '../design/fit-text.ts';
import type { StackRole } from '../design/mood.ts';
import type { Align } from '../design/stack.ts';
import type { CtaBlock } from './cta-block.ts';
import type { Figure } from './figure.ts';
import type { GroupMember, TypeSizes } from './group.ts';
import type { PictureFacts } from './picture.ts';
import type { ActiveLayer } from './scene-context.ts';
import type { Wording } from './text.ts';

/** What a layer turns into inside a stack, once it is measured. */
export type Part =
	| {
			readonly kind: 'text';
			readonly active: ActiveLayer<TextLayer>;
			readonly fitted: FittedText;
			readonly wording: Wording;
			readonly align: Align;
	  }
	| {
			readonly kind: 'wordmark';
			readonly active: ActiveLayer<LogoLayer>;
			readonly fitted: FittedText;
			readonly wording: Wording;
			readonly align: Align;
	  }
	| { readonly kind: 'logo'; readonly active: ActiveLayer<LogoLayer>; readonly facts: ImageFacts }
	| { readonly kind: 'cta'; readonly active: ActiveLayer<CtaLayer>; readonly block: CtaBlock }
	| { readonly kind: 'image'; readonly active: ActiveLayer<ImageLayer>; readonly facts: PictureFacts }
	| { readonly kind: 'component'; readonly active: ActiveLayer<ComponentLayer>; readonly facts: ComponentFacts }
	| {
			readonly kind: 'figure';
			readonly active: ActiveLayer;
			readonly figure: Figure;
			/** Of figures that are words: the role and the size of their type. */
			readonly type: { readonly role: StackRole; readonly size: number } | null;
	  }
	| {
			readonly kind: 'group';
			readonly active: ActiveLayer<GroupLayer>;
			readonly members: readonly GroupMember[];
			readonly sizes: TypeSizes;
	  }
	| { readonly kind: 'line'; readonly active: ActiveLayer<ShapeLayer> }
	/** The short line with which a mood opens a text block. */
	| { readonly kind: 'rule'; readonly active: null };

/** Where a failure to fit points in the spec. */
export type Culprit = { readonly active: ActiveLayer; readonly wording: Wording | null };

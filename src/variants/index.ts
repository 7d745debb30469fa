/** For people who write compositions themselves: one component tree, a video for each platform, duration, variant and call to action. */
export { AdaptiveContent, ForDuration, ForPlatform, type NameFilter, Variant, type VariantProps } from './adaptive-content.tsx';
export { useCell, useCta, useDuration, usePlatform, useVariant } from './cell-context.ts';
export type { CtaIcon } from './cta-icons.ts';
export { CTASlot, type CTASlotProps, type CtaLook } from './cta-slot.tsx';
export type { MatrixAxes, PlatformSize, VariantCell, VariantName } from './matrix.ts';
export { VariantMatrix, type VariantMatrixProps } from './variant-matrix.tsx';

export type { ComponentFactory, ComponentModule, ComponentProps, ComponentTheme, ThemeFont } from './component-types.ts';
export { createRoot, REEL_ID, type RootOptions } from './root.tsx';

export { createRoot, REEL_ID, type RootOptions } from './root.tsx';

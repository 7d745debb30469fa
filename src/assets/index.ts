/** For people who write compositions themselves: pictures that are computed, the same on every machine. */
export { GeneratedBackground, type GeneratedBackgroundProps } from './generated-background.tsx';

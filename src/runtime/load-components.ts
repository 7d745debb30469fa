import { createContext, createElement, type FunctionComponent } from 'react';
import { componentModules } from './component-modules.ts';
import type { ComponentModule, ComponentProps, LoadedComponent, Refuse } from './component-types.ts';
import { toldError, wordsOf } from './fault-boundary.tsx';
import { guardGlobals } from './guard-globals.ts';

/** The component with this hash, ready to be drawn. @throws Error when the bundle has none, or its code fails. */
export type FindComponent = (code: string) => LoadedComponent;

export const ComponentsContext = createContext<FindComponent>((code) => {
	throw new Error(`the bundle has no component ${code}`);
});

/** Code runs when it is first drawn: a component that fails harms only the segments that show it. */
export const componentFinder = (modules: Readonly<Record<string, ComponentModule>>): FindComponent => {
	const loaded = new Map<string, LoadedComponent>();
	return (code) => {
		const known = loaded.get(code);
		if (known !== undefined) return known;
		const module = Object.hasOwn(modules, code) ? modules[code] : undefined;
		if (module === undefined) throw new Error(`the bundle has no component ${code}`);
		const component = loadComponent(module);
		loaded.set(code, component);
		return component;
	};
};

const loadComponent = ({ name, exported, load }: ComponentModule): LoadedComponent => {
	let violation: Error | null = null;
	const refuse: Refuse = (what, cure) => {
		violation ??= toldError(`the component ${name} ${what}: ${cure}`);
		throw violation;
	};
	const module: { exports: Readonly<Record<string, unknown>> } = { exports: {} };
	try {
		load(componentModules(refuse), module, module.exports, guardGlobals(refuse));
	} catch (error) {
		throw violation ?? toldError(`the component ${name} throws when it is loaded: ${wordsOf(error)}`);
	}
	const component = exportOf(module.exports, exported);
	if (component === undefined) throw toldError(`the component ${name} exports nothing that can be drawn as ${exported}`);
	return { name, refuse, violation: () => violation, render: (given) => createElement(component, given) };
};

/** A function, or what React makes of one with `memo` and `forwardRef`. */
const exportOf = (exports: Readonly<Record<string, unknown>>, name: string): FunctionComponent<ComponentProps> | undefined => {
	const found = exports[name] ?? (name === 'default' ? exports : undefined);
	const isComponent = typeof found === 'function' || (typeof found === 'object' && found !== null && '$$typeof' in found);
	return isComponent ? (found as FunctionComponent<ComponentProps>) : undefined;
};

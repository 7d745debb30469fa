import { Component, type ReactNode } from 'react';

/** An error for the author of a spec: its stack would be that of whatever draws the component, in a bundle that nobody has seen. */
export const toldError = (message: string): Error => {
	const error = new Error(message);
	error.stack = `Error: ${message}`;
	return error;
};

/** What somebody's code has thrown, in one line. */
export const wordsOf = (thrown: unknown): string => (thrown instanceof Error ? thrown.message || thrown.name : `${thrown}`);

type FaultProps = {
	/** What it is told as. */
	readonly tell: (thrown: unknown) => Error;
	readonly children: ReactNode;
};

type FaultState = { readonly caught: { readonly thrown: unknown } | null };

/** Tells what goes wrong in its children as an error that names where it did. */
export class ComponentFault extends Component<FaultProps, FaultState> {
	override state: FaultState = { caught: null };

	static getDerivedStateFromError(thrown: unknown): FaultState {
		return { caught: { thrown } };
	}

	override render(): ReactNode {
		const { caught } = this.state;
		if (caught !== null) throw this.props.tell(caught.thrown);
		return this.props.children;
	}
}

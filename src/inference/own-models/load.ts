import type * as ownTensorflow from './own-tensorflow';

export type OwnTensorflow = typeof ownTensorflow;

/** Gives what runs models of a person's own, evaluated when it is first asked for. @throws where it cannot be read */
export type LoadOwnTensorflow = () => OwnTensorflow | Promise<OwnTensorflow>;
